package dev.fantasticfour.world.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        "runs list --attribute",
        "runs list --parent",
        "runs list --parent wrun_1 --tree wrun_1",
        "runs list --tree wrun_1 --chain wrun_1",
        "runs show",
        "runs show a b",
        "runs show --key order-42",
        "runs cancel wrun_1 --key order-42 --workflow order",
        "runs signal --key order-42 --workflow order",
        "runs signal wrun_1",
        "runs wake --key order-42 --workflow order a b",
        "streams tail --workflow order progress",
        "replay",
        "runs export",
        "runs export wrun_1 --out",
        "runs start",
        "runs repin --workflow order",
        "builds drain",
        "retention set",
        "runs keep",
        "runs erase",
        "hooks resume",
        "streams tail wrun_1",
        "queue revive default",
        "queue drop default",
        "audit --outcome perhaps",
        "demo --runs 0",
        "demo --runs 1001",
        "demo --workers 0",
        "migrate --promote",
        "migrate --grant",
        "after-restore now",
        "export",
        "import",
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
  @ValueSource(strings = {"", "runs", "retention", "changes", "hooks", "streams", "queue"})
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
        "after-restore",
        "export",
        "import",
        "man",
        "replay",
        "runs",
        "runs list",
        "runs show",
        "runs export",
        "runs start",
        "runs cancel",
        "runs terminate",
        "runs nudge",
        "runs pause",
        "runs resume",
        "runs retry",
        "runs fork",
        "runs reset",
        "runs rerun",
        "runs import",
        "runs bulk",
        "runs repin",
        "builds",
        "builds drain",
        "builds undrain",
        "changes list",
        "runs wake",
        "runs signal",
        "runs set",
        "runs keep",
        "runs erase",
        "retention",
        "retention show",
        "retention set",
        "retention run",
        "attributes index",
        "attributes list",
        "hooks list",
        "hooks resume",
        "streams list",
        "streams tail",
        "queue list",
        "queue stats",
        "queue dead",
        "queue revive",
        "queue drop",
        "audit"
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
  void aRetentionThatIsNoneIsRefusedBeforeAnybodyIsAsked() {
    for (String rule : new String[] {"", "30d", "completed=30", "completed=0s", "finished=1d"}) {
      Cli.Outcome outcome = cli.run("retention", "set", rule);
      assertThat(outcome.code()).isEqualTo(2);
      assertThat(outcome.lines()).hasSize(1);
      assertThat(outcome.err()).contains("such as completed=30d,failed=90d");
    }
  }

  /** What a script makes of a variable that is not set must not stand for some build or other. */
  @Test
  void anEmptyBuildIsRefusedBeforeAnybodyIsAsked() {
    for (String[] command :
        new String[][] {
          {"builds", "drain", ""},
          {"runs", "repin", "--from", "", "--to", "auto"},
          {"runs", "repin", "--workflow", "order", "--to", ""}
        }) {
      Cli.Outcome outcome = cli.run(command);
      assertThat(outcome.code()).isEqualTo(2);
      assertThat(outcome.lines()).hasSize(1);
      assertThat(outcome.err()).contains("build").contains("must have 1 to 255 bytes");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--parent", "--tree", "--chain"})
  void whatCanBeNoRunIsRefusedBeforeAnybodyIsAsked(String option) {
    for (String id : new String[] {"", "a/b", "a".repeat(256)}) {
      Cli.Outcome outcome = cli.run("runs", "list", option, id);
      assertThat(outcome.code()).isEqualTo(2);
      assertThat(outcome.lines()).hasSize(1);
      assertThat(outcome.err()).contains("run id");
    }
  }

  @Test
  void aBadVariableIsNamed() {
    Cli.Outcome outcome = new Cli(Map.of("WORKFLOW_LEASE", "soon")).run("runs", "list");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.lines()).hasSize(1);
    assertThat(outcome.err()).contains("WORKFLOW_LEASE");
  }

  @Test
  void aMisspeltVariableIsNamed() {
    Cli.Outcome outcome = new Cli(Map.of("WORKFLOW_REDIS_URI", "redis://a")).run("runs", "list");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.lines()).hasSize(1);
    assertThat(outcome.err()).contains("WORKFLOW_REDIS_URI", "did you mean WORKFLOW_REDIS_URL?");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 40, 54, 55, 200})
  void noTerminalIsTooNarrow(int columns) {
    Cli.Outcome help = cli.onTerminal(OptionalInt.of(columns), "runs", "start", "--help");
    assertThat(help.code()).as(help.err()).isZero();
    assertThat(cli.onTerminal(OptionalInt.of(columns), "runs", "list").err())
        .contains("WORKFLOW_POSTGRES_URL is not set");
  }

  @Test
  void helpIsACommandToo() {
    assertThat(cli.run("help").out()).startsWith("Usage: world");
    assertThat(cli.run("help", "migrate").out()).startsWith("Usage: world migrate");
    assertThat(cli.run("runs", "help", "start").out()).startsWith("Usage: world runs start");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-V", "--version"})
  void theVersionIsThatOfTheBuild(String option) {
    Cli.Outcome outcome = cli.run(option);
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).matches("World \\d+\\.\\d+\\.\\d+\\S* on JDK \\d+.*\\R");
  }

  @Test
  void whatBeginsWithAnAtSignIsNoFileToRead(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("token"), "--help");
    Cli.Outcome outcome = cli.run("hooks", "resume", "@" + file);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).contains("WORKFLOW_POSTGRES_URL is not set");
  }

  @Test
  void whatTheJvmCouldNotReadIsRefusedRatherThanStored() {
    Cli.Outcome outcome = cli.run("runs", "start", "order", "--key", "\uFFFD\uFFFDda");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.lines()).hasSize(1);
    assertThat(outcome.err()).contains("argument 5", "LC_ALL=C.UTF-8");

    outcome = new Cli(Map.of("WORKFLOW_APPLICATION", "caf\uFFFD")).run("runs", "list");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.lines()).hasSize(1);
    assertThat(outcome.err()).contains("WORKFLOW_APPLICATION", "LC_ALL=C.UTF-8");
  }

  @Test
  void anAnswerThatCannotBeWrittenIsNoSuccess() {
    PrintWriter full =
        new PrintWriter(
            new WatchedStream(
                new OutputStream() {
                  @Override
                  public void write(int b) throws IOException {
                    throw new IOException("No space left on device");
                  }
                }));
    StringWriter err = new StringWriter();
    int code =
        Main.run(
            new String[] {"--help"},
            Map.of(),
            full,
            new PrintWriter(err),
            OptionalInt.empty(),
            null);
    assertThat(code).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{} {}", "1 2", "{\"a\":1}}", " "})
  void moreThanOneDocumentIsNone(String document) {
    assertThat(cli.run("runs", "start", "order", document).err())
        .contains("the input must be a JSON document");
  }
}
