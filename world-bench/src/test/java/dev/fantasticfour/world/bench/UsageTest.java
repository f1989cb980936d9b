package dev.fantasticfour.world.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.bench.row.Rows;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody sees who has mistyped, and that what the documents show is understood. */
class UsageTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String COMMAND = "./world bench";

  record Outcome(int code, String out, String err) {}

  static Outcome run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.run(arguments, new PrintWriter(out), new PrintWriter(err));
    return new Outcome(code, out.toString(), err.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nope",
        "--nope",
        "--rows",
        "--rows x",
        "--rows a,z",
        "--repeats 0",
        "--repeats 51",
        "--repeats few",
        "--jmh --json",
        "--jmh --rows a"
      })
  void badUsageIsOneLineAndExitCode2(String arguments) {
    Outcome outcome = run(arguments.split(" "));
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().lines()).hasSize(1);
    assertThat(outcome.err()).startsWith("world bench: ").contains("--help");
  }

  @Test
  void helpNamesEveryOption() {
    Outcome outcome = run("--help");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .startsWith("Usage: world bench")
        .contains("--rows", "--quick", "--repeats", "--json", "--jmh")
        .doesNotContain("--tiny");
  }

  @Test
  void helpAndTheDocumentNameEveryRow() throws IOException {
    // Broken into lines as a terminal is wide.
    String help = run("--help").out().replaceAll("\\s+", " ");
    String letters = Arrays.stream(Rows.values()).map(Rows::name).collect(Collectors.joining(", "));
    assertThat(help).contains(letters);
    List<String> document = Files.readAllLines(ROOT.resolve("docs/performance.md"));
    List<String> rows =
        document.subList(document.indexOf("## The rows"), document.size()).stream()
            .filter(line -> line.matches("\\| [a-z] \\|.*"))
            .map(line -> line.substring(2, 3).toUpperCase(Locale.ROOT))
            .limit(Rows.values().length)
            .toList();
    assertThat(String.join(", ", rows)).isEqualTo(letters);
  }

  @Test
  void everyCallThatTheDocumentsShowIsUnderstood() throws IOException {
    List<String> calls = new ArrayList<>();
    try (Stream<Path> documents = Files.walk(ROOT.resolve("docs"))) {
      for (Path document :
          Stream.concat(
                  Stream.of(ROOT.resolve("README.md")),
                  documents.filter(file -> file.toString().endsWith(".md")))
              .toList()) {
        Files.readString(document)
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith(COMMAND))
            .map(line -> line.replaceFirst("\\s+#.*", ""))
            .forEach(calls::add);
      }
    }
    assertThat(calls).isNotEmpty();
    for (String call : calls) {
      List<String> words =
          new ArrayList<>(
              Arrays.stream(call.substring(COMMAND.length()).split("\\s+"))
                  .filter(word -> !word.isEmpty())
                  .toList());
      words.add("--help");
      Outcome outcome = run(words.toArray(String[]::new));
      assertThat(outcome.code()).as(call + "\n" + outcome.err()).isZero();
    }
  }
}
