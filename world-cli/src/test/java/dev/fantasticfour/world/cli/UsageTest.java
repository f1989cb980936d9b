package dev.fantasticfour.world.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody sees who has mistyped. */
class UsageTest {

  private final Cli cli = new Cli(Map.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nope",
        "--nope",
        "runs nope",
        "runs list --status asleep",
        "runs list --limit many",
        "runs list --attribute customer",
        "runs show",
        "runs show a b",
        "runs start",
        "hooks resume",
        "streams tail wrun_1",
        "queue revive default",
        "demo --runs 0",
        "demo --runs 1001",
        "demo --workers 0",
        "migrate --promote",
        "doctor please"
      })
  void badUsageIsOneLineAndExitCode2(String arguments) {
    Cli.Outcome outcome = cli.run(arguments.split(" "));
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().lines()).hasSize(1);
    assertThat(outcome.err()).startsWith("world").contains("--help");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "runs", "hooks", "streams", "queue"})
  void aGroupWithoutCommandShowsItsCommands(String arguments) {
    Cli.Outcome outcome = cli.run(arguments.isEmpty() ? new String[0] : arguments.split(" "));
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("Usage: world", "Commands:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "demo",
        "dev",
        "doctor",
        "migrate",
        "runs",
        "runs list",
        "runs show",
        "runs start",
        "runs cancel",
        "runs terminate",
        "runs wake",
        "hooks list",
        "hooks resume",
        "streams list",
        "streams tail",
        "queue stats",
        "queue dead",
        "queue revive"
      })
  void everyCommandHasHelp(String command) {
    Cli.Outcome outcome = cli.run((command + " --help").strip().split(" "));
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).startsWith(("Usage: world " + command).strip());
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void theHelpTellsOfTheBenchmarksToo() {
    assertThat(cli.run("--help").out()).contains("./world bench");
  }

  @Test
  void theWorkerOfTheDemoIsNotOffered() {
    assertThat(cli.run("--help").out()).contains("demo").doesNotContain("demo-worker");
  }

  @Test
  void aDocumentThatIsNoJsonIsRefusedBeforeAnybodyIsAsked() {
    Cli.Outcome outcome = cli.run("runs", "start", "order", "{id: 7");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.lines()).hasSize(1);
    assertThat(outcome.err()).contains("the input must be a JSON document");
  }

  @Test
  void aBadVariableIsNamed() {
    Cli.Outcome outcome = new Cli(Map.of("WORKFLOW_LEASE", "soon")).run("runs", "list");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.lines()).hasSize(1);
    assertThat(outcome.err()).contains("WORKFLOW_LEASE");
  }
}
