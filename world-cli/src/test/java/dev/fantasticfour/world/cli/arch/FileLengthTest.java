package dev.fantasticfour.world.cli.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A class is read in one sitting. */
final class FileLengthTest {

  private static final int MOST_LINES = 300;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "world-core",
        "world-adapter-postgres",
        "world-adapter-redis",
        "world-cli",
        "world-embedded",
        "world-micrometer",
        "world-cdi",
        "world-spring",
        "world-spring-boot",
        "world-spring-boot-starter",
        "world-spring-boot-3-starter"
      })
  void noClassIsLongerThanOneReads(String module) throws IOException {
    Path sources = Path.of("..", module, "src", "main", "java").toAbsolutePath().normalize();
    try (Stream<Path> files = Files.walk(sources)) {
      assertThat(files.filter(file -> file.toString().endsWith(".java")))
          .isNotEmpty()
          .allSatisfy(file -> assertThat(Files.readAllLines(file)).hasSizeLessThan(MOST_LINES + 1));
    }
  }
}
