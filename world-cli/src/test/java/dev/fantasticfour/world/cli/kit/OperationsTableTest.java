package dev.fantasticfour.world.cli.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every id that the page of operations lists has a test that there is. */
class OperationsTableTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern ROW = Pattern.compile("\\| ([A-Z]+-\\d+) \\| .+ \\| (.+) \\|");
  private static final Pattern TESTED = Pattern.compile("`(\\w+)(?:\\.(\\w+))?`");

  /** All of one name together: several modules may have a test of that name. */
  private static Map<String, String> tests() throws IOException {
    Map<String, String> tests = new HashMap<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path module : modules.toList()) {
        Path sources = module.resolve("src/test/java");
        if (Files.exists(sources)) {
          try (Stream<Path> files = Files.walk(sources)) {
            files
                .filter(file -> file.toString().endsWith("Test.java"))
                .forEach(
                    file ->
                        tests.merge(
                            file.getFileName().toString().replace(".java", ""),
                            text(file),
                            String::concat));
          }
        }
      }
    }
    return tests;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyIdIsListedOnceAndItsTestsAreThere() throws IOException {
    Map<String, String> tests = tests();
    Set<String> ids = new HashSet<>();
    for (String line : Files.readAllLines(ROOT.resolve("docs/spec/operations.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        assertThat(ids.add(row.group(1))).as(row.group(1)).isTrue();
        List<MatchResult> named = TESTED.matcher(row.group(2)).results().toList();
        assertThat(named)
            .as(row.group(1))
            .isNotEmpty()
            .allSatisfy(
                test -> {
                  assertThat(tests).containsKey(test.group(1));
                  if (test.group(2) != null) {
                    assertThat(tests.get(test.group(1))).contains(" " + test.group(2) + "(");
                  }
                });
      }
    }
    assertThat(ids).contains("OBS-1", "OBS-14");
  }
}
