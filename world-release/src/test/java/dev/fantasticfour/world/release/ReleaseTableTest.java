package dev.fantasticfour.world.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every id of the page of releases has a test that there is. */
class ReleaseTableTest {

  private static final Pattern ROW = Pattern.compile("\\| (REL-\\d+) \\| .+ \\| (.+) \\|");
  private static final Pattern TESTED = Pattern.compile("`(\\w+)(?:\\.(\\w+))?`");

  private static Map<String, String> tests() throws IOException {
    Map<String, String> tests = new HashMap<>();
    try (Stream<Path> modules = Files.list(Build.ROOT)) {
      for (Path module : modules.toList()) {
        Path sources = module.resolve("src/test/java");
        if (Files.exists(sources)) {
          try (Stream<Path> files = Files.walk(sources)) {
            files
                .filter(file -> file.toString().matches(".*(Test|IT)\\.java"))
                .forEach(
                    file ->
                        tests.merge(
                            file.getFileName().toString().replace(".java", ""),
                            Build.read(file),
                            String::concat));
          }
        }
      }
    }
    return tests;
  }

  @Test
  void everyIdIsListedOnceAndItsTestsAreThere() throws IOException {
    Map<String, String> tests = tests();
    Set<String> ids = new LinkedHashSet<>();
    for (String line : Files.readAllLines(Build.ROOT.resolve("docs/spec/release.md"))) {
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
    assertThat(ids)
        .containsExactly(
            "REL-1", "REL-2", "REL-3", "REL-4", "REL-5", "REL-6", "REL-7", "REL-8", "REL-9",
            "REL-10");
  }
}
