package dev.fantasticfour.world.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.config.RedisOptions;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.Finding;
import dev.fantasticfour.world.core.port.Finding.Level;
import dev.fantasticfour.world.embedded.EmbeddedRedis;
import dev.fantasticfour.world.embedded.PlainRedisConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Redis or its user can't do is found before anything runs, and named. */
class RedisExaminationTest {

  private static EmbeddedRedis redis;

  @BeforeAll
  static void start() {
    redis = EmbeddedRedis.start();
  }

  @AfterAll
  static void close() {
    redis.close();
  }

  private static String ask(String... command) throws IOException {
    try (PlainRedisConnection connection =
        PlainRedisConnection.open(
            new PlainRedisConnection.Login("127.0.0.1", redis.port(), false, null, null))) {
      return connection.command(command);
    }
  }

  private static WorldConfig config(String before, String behind) {
    return WorldConfig.defaults()
        .withRedis(RedisOptions.ofUrl("redis://" + before + "127.0.0.1:" + redis.port() + behind));
  }

  /** A user of a Redis that may do what the rules say. */
  private static WorldConfig user(String rules) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("ACL", "SETUSER", "w", "reset", "resetchannels", "on", ">word"));
    command.addAll(List.of(rules.split(" ")));
    ask(command.toArray(String[]::new));
    return config("w:word@", "");
  }

  @Test
  void whatIsAsItShouldBeIsSaidAndLeavesNothingBehind() throws IOException {
    assertThat(RedisExamination.of(config("", "")))
        .allSatisfy(finding -> assertThat(finding.level()).isEqualTo(Level.GOOD))
        .extracting(Finding::check)
        .containsExactly("version", "eviction", "rights", "channels");
    assertThat(ask("KEYS", "*trial*")).isEmpty();
  }

  /** What docs/operating.md lists. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "+@all ~* &*",
        "+@all -@dangerous ~workflow_* &workflow_*",
        "+@connection +@scripting +@pubsub +@hash +@list +@sortedset +@keyspace +time -@dangerous"
            + " ~workflow_* &workflow_*",
      })
  void whoHasWhatIsNeededMayOpen(String rules) throws IOException {
    RedisExamination.open(user(rules)).close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "+@all ~* resetchannels              | channels",
        "+@all -eval -evalsha ~* &*          | EVALSHA",
        "+@all -zadd -hset ~* &*             | in scripts HSET, ZADD",
        "+@all -blpop -brpop ~* &*           | BLPOP",
        "+@all -publish ~* &*                | PUBLISH",
        "+@all ~other* &*                    | workflow_*",
      })
  void whoLacksARightIsToldWhich(String rules, String words) throws IOException {
    WorldConfig config = user(rules);

    assertThatThrownBy(() -> RedisExamination.open(config).close())
        .isInstanceOfSatisfying(
            WorldException.class,
            e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
        .hasMessageContaining("WORKFLOW_REDIS_URL")
        .hasMessageContaining(words)
        .hasMessageNotContaining("channel: [")
        .hasMessageNotContaining("word@");
  }

  /** The driver waits in vain for the answer to a subscription that is refused. */
  @Test
  void whoMayNotSubscribeIsToldThatItIsNotAnswered() throws IOException {
    assertThat(RedisExamination.of(user("+@all -subscribe ~* &*")))
        .anySatisfy(
            finding -> {
              assertThat(finding.level()).isEqualTo(Level.NOT_NOW);
              assertThat(finding.found()).contains("cannot subscribe");
            });
  }

  @Test
  void aDatabaseThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> RedisExamination.open(config("", "?db=99")).close())
        .isInstanceOfSatisfying(
            WorldException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
        .hasMessageContaining("has no database 99");
  }

  @Test
  void aReplicaIsSaidToTakeNothingForNow() throws IOException {
    ask("REPLICAOF", "127.0.0.1", "1");
    try {
      assertThat(RedisExamination.of(config("", "")))
          .anySatisfy(
              finding -> {
                assertThat(finding.level()).isEqualTo(Level.NOT_NOW);
                assertThat(finding.found()).contains("READONLY");
              });
      RedisExamination.open(config("", "")).close();
    } finally {
      ask("REPLICAOF", "NO", "ONE");
    }
  }
}
