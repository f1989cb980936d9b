package dev.fantasticfour.world.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the processes of one folder have in common, and what is left when they are gone (HRS-4). */
@Timeout(90)
class FolderServersTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;

  @AfterEach
  void nothingIsLeft() throws Exception {
    Eventually.isTrue(
        "nothing runs any more",
        PATIENCE,
        () ->
            Stream.of("postgres", "redis")
                .flatMap(of -> Stream.of(of + "/server", of + "/server.leaving"))
                .noneMatch(file -> Files.exists(folder.resolve(file))));
  }

  private ChildJvm jvm() throws IOException {
    return ChildJvm.start(SharingJvm.class, List.of(), folder.toString());
  }

  @Test
  void theEndOfOneProcessStopsNothingAndThatOfTheLastStopsAllAndLosesNothing() throws Exception {
    String postgres;
    String redis;
    try (ChildJvm first = jvm()) {
      postgres = first.line();
      redis = first.line();
      try (ChildJvm second = jvm()) {
        assertThat(List.of(second.line(), second.line())).containsExactly(postgres, redis);
        kill(first);
        sql(postgres, "create table kept (word text)");
        assertThat(command(redis, "SET", "word", "kept")).isEqualTo("OK");
        try (ChildJvm third = jvm()) {
          assertThat(third.line()).as("who started them is gone").isEqualTo(postgres);
          third.line();
          kill(second);
          sql(postgres, "insert into kept values ('kept')");
          kill(third);
        }
      }
    }
    try (ChildJvm next = jvm()) {
      String again = next.line();
      sql(again, "update kept set word = word");
      assertThat(command(next.line(), "GET", "word")).isEqualTo("kept");
    }
  }

  @Test
  void whatAMachineThatFellLeftBehindHindersNobody() throws Exception {
    Path server = Files.createDirectories(folder.resolve("redis")).resolve("server");
    // The number of a process that there is again, and is another one.
    String taken = Long.toString(ProcessHandle.current().pid());
    Files.write(server, List.of(taken, "2001-01-01T00:00:00Z", "redis://127.0.0.1:1"));
    Files.writeString(folder.resolve("redis/pipe"), "");
    try (ChildJvm jvm = jvm()) {
      jvm.line();
      assertThat(command(jvm.line(), "PING")).isEqualTo("PONG");
    }
  }

  @Test
  void aServerThatDiedAmongThoseWhoShareItIsNotStartedBesideThem() throws Exception {
    try (ChildJvm first = jvm()) {
      first.line();
      String redis = first.line();
      try (PlainRedisConnection connection =
          PlainRedisConnection.open(RedisUrl.parse(redis).login())) {
        assertThatExceptionOfType(IOException.class)
            .isThrownBy(() -> connection.command("SHUTDOWN", "NOSAVE"));
      }
      try (ChildJvm second = jvm()) {
        assertThat(second.process().waitFor()).isNotZero();
      }
    }
    try (ChildJvm next = jvm()) {
      next.line();
      assertThat(command(next.line(), "PING")).isEqualTo("PONG");
    }
  }

  private static void kill(ChildJvm jvm) throws InterruptedException {
    jvm.process().destroyForcibly().waitFor();
  }

  private static void sql(String url, String text) throws SQLException {
    try (Connection connection = PostgresUrl.parse(url).connect();
        Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }

  private static String command(String url, String... words) throws IOException {
    try (PlainRedisConnection connection = PlainRedisConnection.open(RedisUrl.parse(url).login())) {
      return connection.command(words);
    }
  }
}
