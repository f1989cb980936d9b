package dev.fantasticfour.world.cli.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every id of a finished chapter of the features has a test that there is. */
class FeatureTableTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern LINE = Pattern.compile("\\| ([A-Z]+-\\d+) \\| (.+) \\|");
  private static final Pattern TESTED = Pattern.compile("`(\\w+)(?:\\.(\\w+))?`");

  /** How far each chapter goes. */
  private static final Map<String, Integer> CHAPTERS =
      Map.ofEntries(
          Map.entry("F", 7),
          Map.entry("CH", 16),
          Map.entry("SIG", 9),
          Map.entry("STA", 3),
          Map.entry("UPD", 9),
          Map.entry("ATT", 9),
          Map.entry("VER", 11),
          Map.entry("CAN", 12),
          Map.entry("CXL", 6),
          Map.entry("SAGA", 6),
          Map.entry("KIT", 9),
          Map.entry("OPS", 13),
          Map.entry("RET", 10));

  private static Map<String, String> table() throws IOException {
    Map<String, String> table = new LinkedHashMap<>();
    for (String line : Files.readAllLines(ROOT.resolve("docs/spec/features.md"))) {
      Matcher row = LINE.matcher(line);
      if (row.matches()) {
        assertThat(table.put(row.group(1), row.group(2))).as(row.group(1)).isNull();
      }
    }
    return table;
  }

  private static Map<String, String> tests() throws IOException {
    Map<String, String> tests = new HashMap<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path module : modules.filter(path -> Files.exists(path.resolve("pom.xml"))).toList()) {
        for (String sources : List.of("src/test/java", "src/main/java")) {
          Path root = module.resolve(sources);
          boolean isOfTests = sources.startsWith("src/test") || module.endsWith("world-tck");
          if (isOfTests && Files.exists(root)) {
            try (Stream<Path> files = Files.walk(root)) {
              files
                  .filter(file -> file.toString().endsWith(".java"))
                  .forEach(file -> read(file, tests));
            }
          }
        }
      }
    }
    return tests;
  }

  private static void read(Path file, Map<String, String> tests) {
    try {
      tests.merge(
          file.getFileName().toString().replace(".java", ""),
          Files.readString(file),
          (one, other) -> one + other);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyIdOfAFinishedChapterIsInTheTable() throws IOException {
    List<String> ids =
        CHAPTERS.entrySet().stream()
            .flatMap(
                chapter ->
                    IntStream.rangeClosed(1, chapter.getValue())
                        .mapToObj(number -> chapter.getKey() + "-" + number))
            .toList();
    assertThat(table().keySet()).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void everyTestOfTheTableIsThere() throws IOException {
    Map<String, String> tests = tests();
    List<String> missing = new ArrayList<>();
    for (Map.Entry<String, String> row : table().entrySet()) {
      Matcher tested = TESTED.matcher(row.getValue());
      int found = 0;
      while (tested.find()) {
        found++;
        String source = tests.getOrDefault(tested.group(1), "");
        String method = tested.group(2);
        if (source.isEmpty() || (method != null && !source.contains(" " + method + "("))) {
          missing.add(row.getKey() + ": " + tested.group());
        }
      }
      assertThat(found).as(row.getKey()).isPositive();
    }
    assertThat(missing).isEmpty();
  }
}
