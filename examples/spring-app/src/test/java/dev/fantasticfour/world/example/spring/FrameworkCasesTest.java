package dev.fantasticfour.world.example.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every case of frameworks has tests that there are. */
class FrameworkCasesTest {

  private static final Path ROOT = Path.of("..", "..");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (FRW-\\d+) \\| .* \\| (.*) \\|$");
  private static final Pattern TESTED = Pattern.compile("`(\\w+)\\.(\\w+)`");

  private static String sourceOf(String test) throws IOException {
    for (String module :
        List.of(
            "world-core",
            "world-cdi",
            "world-spring-boot",
            "world-spring-boot-starter",
            "world-spring-boot-3-starter",
            "examples/spring-app",
            "examples/spring-boot-3-app")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
        for (Path file : files.filter(f -> f.endsWith(test + ".java")).toList()) {
          return Files.readString(file);
        }
      }
    }
    return "";
  }

  @Test
  void everyTestThatIsNamedIsThere() throws IOException {
    Matcher row = ROW.matcher(Files.readString(ROOT.resolve("docs/spec/frameworks.md")));
    int rows = 0;
    while (row.find()) {
      rows++;
      Matcher tested = TESTED.matcher(row.group(2));
      assertThat(tested.find()).as(row.group(1)).isTrue();
      do {
        assertThat(sourceOf(tested.group(1)))
            .as(row.group(1))
            .contains("@Test\n  void " + tested.group(2) + "(");
      } while (tested.find());
    }
    assertThat(rows).isGreaterThan(8);
  }
}
