package dev.fantasticfour.world.cli.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents say of where something is. */
final class DocumentedRoomsTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String CORE = "world-core/src/main/java/dev/fantasticfour/world/core";
  private static final Pattern QUOTED = Pattern.compile("`([^`\\s]+)`");

  @ParameterizedTest
  @ValueSource(strings = {"docs/architecture.md", "docs/laws.md"})
  void everyFileThatIsNamedIsThere(String document) throws IOException {
    Set<String> sources = sources();
    List<String> named = quotedIn(document).filter(text -> text.endsWith(".java")).toList();
    assertThat(named).isNotEmpty();
    assertThat(named)
        .allSatisfy(
            file ->
                assertThat(sources)
                    .anyMatch(source -> source.endsWith("/" + file.replaceFirst("^core/", ""))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs/architecture.md", "docs/laws.md"})
  void everyRoomThatIsNamedIsThere(String document) throws IOException {
    assertThat(quotedIn(document).filter(text -> text.startsWith("core/")))
        .isNotEmpty()
        .allSatisfy(
            room -> assertThat(ROOT.resolve(CORE + room.substring("core".length()))).exists());
  }

  private static Stream<String> quotedIn(String document) throws IOException {
    return QUOTED
        .matcher(Files.readString(ROOT.resolve(document)))
        .results()
        .map((MatchResult match) -> match.group(1));
  }

  private static Set<String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("world-core/src/main"))) {
      return files.map(Path::toString).filter(f -> f.endsWith(".java")).collect(Collectors.toSet());
    }
  }
}
