package dev.fantasticfour.world.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command says of itself, to people and to shells (CLI-1). */
class ShellTest {

  private final Cli cli = new Cli(Map.of());

  @TempDir Path directory;

  @Test
  void everyCommandHasAnExampleInItsHelpAndInTheDocuments() throws Exception {
    String page = Documents.read(Documents.ROOT.resolve("docs/command-line.md"));
    List<String> commands = new ArrayList<>();
    for (JsonNode command : cli.run("help", "--json").jsonLines()) {
      String name = command.get("command").textValue().substring("world ".length());
      commands.add(name);
      String example = command.get("example").textValue();
      assertThat(example).as("example of " + name).isNotNull().startsWith(name);
      assertThat(page).contains("| `" + name + "` | ").contains("| `./world " + example + "` |");
      List<String> asked = new ArrayList<>(List.of(name.split(" ")));
      asked.add("--help");
      assertThat(cli.run(asked.toArray(String[]::new)).out())
          .as("help of " + name)
          .contains("Example:", "  world " + example);
    }
    assertThat(commands).contains("runs result", "builds", "help").doesNotHaveDuplicates();
    assertThat(page.lines().filter(line -> line.matches("\\| `[a-z -]+` \\| .*")))
        .as("rows of the page")
        .hasSameSizeAs(commands);
    assertThat(Examples.read().all().keySet()).containsExactlyInAnyOrderElementsOf(commands);
  }

  @Test
  void theListOfCommandsHasTheirOptionsAndArguments() throws Exception {
    JsonNode result =
        cli.run("help", "--json", "runs").jsonLines().stream()
            .filter(each -> each.get("command").textValue().equals("world runs result"))
            .findFirst()
            .orElseThrow();
    assertThat(result.get("parameters").get(0).get("takes").textValue()).isEqualTo("RUN");
    assertThat(result.get("options").findValuesAsText("takes")).contains("TIME", "KEY");
    assertThat(result.get("options").toString()).contains("\"--wait\"", "\"--json\"");
  }

  @Test
  void theVersionIsADocumentToo() throws Exception {
    JsonNode version = cli.run("version", "--json").json();
    assertThat(version.get("version").textValue()).matches("\\d+\\.\\d+\\.\\d+.*");
    assertThat(version.get("jdk").textValue()).startsWith("" + Runtime.version().feature());
    assertThat(cli.run("version").out()).isEqualTo(cli.run("--version").out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "world|ru|runs",
        "world runs|res|result",
        "world runs list|--stat|--status",
        "world runs list --status|fai|failed",
        "world completion|z|zsh"
      })
  void bashCompletesCommandsOptionsAndStatuses(String before, String begun, String completed)
      throws Exception {
    assumeThat(isThere("bash")).isTrue();
    Path script = script("bash");
    String words = before + " " + begun;
    String asked =
        "source %s; COMP_WORDS=(%s); COMP_CWORD=%d; COMP_LINE='%s';"
                .formatted(script, words, words.split(" ").length - 1, words)
            + " COMP_POINT=${#COMP_LINE};"
            + " _complete_world 2>/dev/null; printf '%s\\n' \"${COMPREPLY[@]}\"";
    assertThat(output("bash", "-c", asked).lines().map(String::strip)).contains(completed);
  }

  @Test
  void zshReadsItsCompletions() throws Exception {
    assertThat(cli.run("completion", "zsh").out()).contains("bashcompinit");
    assumeThat(isThere("zsh")).isTrue();
    assertThat(output("zsh", "-n", script("zsh").toString())).isEmpty();
  }

  @Test
  void fishCompletesCommandsOptionsAndStatuses() throws Exception {
    String text = cli.run("completion", "fish").out();
    assertThat(text)
        .contains(
            "complete -c world -n '__world_at runs' -a result -d ",
            "complete -c world -n '__world_under runs list' -l status -x -a ",
            "complete -c world -n '__world_at ' -a runs ")
        .doesNotContain("demo-worker");
    assertThat(text.lines().filter(line -> line.startsWith("complete ")))
        .as("quotes that are closed")
        .allMatch(line -> line.replace("\\'", "").chars().filter(c -> c == '\'').count() % 2 == 0);
    assumeThat(isThere("fish")).isTrue();
    assertThat(output("fish", "-n", script("fish").toString())).isEmpty();
  }

  @Test
  void theManualPageHasEveryCommandAndNothingThatManWarnsOf() throws Exception {
    String page = cli.run("man").out();
    assertThat(page.lines().findFirst()).hasValueSatisfying(l -> l.startsWith(".TH WORLD 1 "));
    for (JsonNode command : cli.run("help", "--json").jsonLines()) {
      assertThat(page.lines())
          .contains(".SS " + command.get("command").textValue().replace("-", "\\-"));
    }
    assertThat(page).doesNotContain("demo\\-worker", "${").contains("\\fB\\-\\-status STATUS");
    assertThat(page.lines().filter(line -> line.startsWith(".")))
        .allMatch(line -> line.matches("\\.(TH|SH|SS|TP|PP|nf|fi)( .*)?"));
    assumeThat(isThere("groff")).isTrue();
    Path file = Files.writeString(directory.resolve("world.1"), page);
    assertThat(output("groff", "-man", "-Tascii", "-ww", "-z", file.toString())).isEmpty();
  }

  private Path script(String shell) throws IOException {
    Cli.Outcome outcome = cli.run("completion", shell);
    assertThat(outcome.code()).isZero();
    return Files.writeString(directory.resolve("world." + shell), outcome.out());
  }

  private static boolean isThere(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(each -> Files.isExecutable(Path.of(each, program)));
  }

  private static String output(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}
