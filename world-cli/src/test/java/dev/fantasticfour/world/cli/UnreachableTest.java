package dev.fantasticfour.world.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.embedded.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody sees whose servers do not answer: variable, host and port, and no password. */
class UnreachableTest {

  private static final String PASSWORD = "correct-horse";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "migrate",
        "after-restore",
        "export --out target/none.jsonl",
        "runs list",
        "runs list --json",
        "runs show wrun_1",
        "runs show --key order-42 --workflow order",
        "runs keep --key order-42 --workflow order",
        "runs export wrun_1",
        "runs start order {}",
        "runs result wrun_1",
        "runs watch wrun_1",
        "waits wrun_1",
        "workers list",
        "runs cancel wrun_1",
        "runs terminate wrun_1",
        "runs nudge wrun_1",
        "runs pause wrun_1",
        "runs resume wrun_1",
        "runs retry wrun_1",
        "runs fork wrun_1 --from pack",
        "runs reset wrun_1 --from pack",
        "runs rerun wrun_1",
        "runs bulk retry",
        "runs wake wrun_1",
        "runs signal wrun_1 add",
        "runs set wrun_1 --unset tags",
        "attributes index amount --number",
        "attributes list",
        "runs keep wrun_1",
        "runs erase wrun_1",
        "retention show",
        "retention set completed=30d",
        "retention run --dry-run",
        "hooks list",
        "hooks resume token {}",
        "streams list wrun_1",
        "streams tail wrun_1 progress",
        "queue list",
        "queue stats",
        "queue dead",
        "queue revive default msg_1",
        "queue drop default msg_1 --yes",
        "audit",
        "demo"
      })
  void aClosedPortIsOneLineAndExitCode2(String arguments) throws IOException {
    int port = FreePort.find();
    Map<String, String> variables =
        Map.of(
            "WORKFLOW_POSTGRES_URL",
            "postgresql://ada:" + PASSWORD + "@127.0.0.1:" + port + "/app",
            "WORKFLOW_REDIS_URL",
            "redis://:" + PASSWORD + "@127.0.0.1:" + port);
    Cli.Outcome outcome = new Cli(variables).run(arguments.split(" "));
    assertThat(outcome.code()).isEqualTo(2);
    String told = outcome.err().lines().reduce((first, last) -> last).orElse("");
    assertThat(told).contains("WORKFLOW_POSTGRES_URL", "127.0.0.1:" + port);
    assertThat(outcome.out() + outcome.err()).doesNotContain(PASSWORD).doesNotContain("\tat ");
    // The demo says first where its logs are.
    assertThat(outcome.lines()).hasSize(arguments.equals("demo") ? 2 : 1);
  }

  @Test
  void aVariableThatIsNotSetIsNamed() {
    Cli.Outcome outcome = new Cli(Map.of()).run("runs", "list");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.lines()).hasSize(1);
    assertThat(outcome.err()).contains("WORKFLOW_POSTGRES_URL is not set");
  }

  @Test
  void aMalformedUrlIsShownWithoutItsPassword() {
    Cli.Outcome outcome =
        new Cli(Map.of("WORKFLOW_POSTGRES_URL", "mysql://ada:" + PASSWORD + "@localhost/app"))
            .run("runs", "list");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.lines()).hasSize(1);
    assertThat(outcome.err()).contains("WORKFLOW_POSTGRES_URL").doesNotContain(PASSWORD);
  }

  @Test
  void redisIsNamedByTheVariableThatWasSet() throws IOException {
    int port = FreePort.find();
    Cli.Outcome outcome =
        new Cli(
                Map.of(
                    "WORKFLOW_STORAGE",
                    "memory",
                    "REDIS_URL",
                    "redis://:" + PASSWORD + "@127.0.0.1:" + port))
            .run("queue", "stats");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.lines()).hasSize(1);
    assertThat(outcome.err())
        .contains("REDIS_URL: no Redis answers at 127.0.0.1:" + port)
        .doesNotContain("WORKFLOW_REDIS_URL")
        .doesNotContain(PASSWORD);
  }

  @Test
  void aServerThatIsNoRedisIsNotWaitedForForever() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread answering =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (Socket socket = other.accept();
                        InputStream in = socket.getInputStream()) {
                      in.read();
                      socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n".getBytes());
                    } catch (IOException e) {
                      // The other side has seen enough.
                    }
                  });
      Cli.Outcome outcome =
          new Cli(
                  Map.of(
                      "WORKFLOW_STORAGE",
                      "memory",
                      "WORKFLOW_REDIS_URL",
                      "redis://127.0.0.1:" + other.getLocalPort()))
              .run("queue", "stats");
      answering.join();
      assertThat(outcome.code()).isEqualTo(2);
      assertThat(outcome.lines()).hasSize(1);
      assertThat(outcome.err()).contains("that is no Redis");
    }
  }

  @Test
  void doctorNamesBothServersAndWhatToDo() throws Exception {
    int port = FreePort.find();
    Cli cli =
        new Cli(
            Map.of(
                "WORKFLOW_POSTGRES_URL",
                "postgresql://ada:" + PASSWORD + "@127.0.0.1:" + port + "/app",
                "WORKFLOW_REDIS_URL",
                "redis://127.0.0.1:" + port,
                "WORKFLOW_SCHEMA",
                "typo"));
    Cli.Outcome outcome = cli.run("doctor");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.out())
        .contains("OK    JDK")
        .contains("WARN  variables            nobody reads WORKFLOW_SCHEMA")
        .contains("FAIL  PostgreSQL           WORKFLOW_POSTGRES_URL: no PostgreSQL answers")
        .contains("FAIL  Redis                WORKFLOW_REDIS_URL: no Redis answers")
        .doesNotContain(PASSWORD);
    assertThat(cli.run("doctor", "--json").json().get("ok").booleanValue()).isFalse();
  }
}
