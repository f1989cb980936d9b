package dev.fantasticfour.world.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What breaks users is told by its name, of jars made for the purpose. */
class ApiBreaksTest {

  private static final String DOOR =
      """
      package shop.open;
      public class Door {
        public void open(String key) {}
        public void close() {}
      }
      """;
  private static final String INNER =
      """
      package shop.inner;
      public class Hinge {
        public void turn() {}
      }
      """;
  private static final String GONE = "shop.open.Door.open(java.lang.String): METHOD_REMOVED";

  @TempDir Path temporary;
  private Path released;

  @BeforeEach
  void release() throws IOException {
    released = jar("released", DOOR, INNER);
  }

  @Test
  void aMethodThatIsGoneIsTold() throws IOException {
    Path now = jar("now", DOOR.replace("public void open(String key) {}", ""), INNER);
    Set<String> breaks = ApiBreaks.between(released, now, List.of());
    assertThat(breaks).containsExactly(GONE);
    assertThat(ApiBreaks.troubles(breaks, Set.of()))
        .singleElement()
        .asString()
        .contains(GONE, "api-breaks.xml");
  }

  @Test
  void oneThatIsAcceptedIsNone() throws IOException {
    Path now = jar("now", DOOR.replace("public void open(String key) {}", ""), INNER);
    Path list =
        Files.writeString(
            temporary.resolve("api-breaks.xml"),
            "<api-breaks><break what=\""
                + GONE
                + "\">Doors open by themselves.</break>"
                + "</api-breaks>");
    assertThat(ApiBreaks.accepted(list)).containsEntry(GONE, "Doors open by themselves.");
    Set<String> breaks = ApiBreaks.between(released, now, List.of());
    assertThat(ApiBreaks.troubles(breaks, ApiBreaks.accepted(list).keySet())).isEmpty();

    assertThat(ApiBreaks.troubles(Set.of(), ApiBreaks.accepted(list).keySet()))
        .singleElement()
        .asString()
        .contains("breaks nothing");
  }

  @Test
  void oneWithoutAReasonIsRefused() throws IOException {
    Path list =
        Files.writeString(
            temporary.resolve("api-breaks.xml"),
            "<api-breaks><break what=\"" + GONE + "\"> </break></api-breaks>");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ApiBreaks.accepted(list))
        .withMessageContaining("why");
  }

  @Test
  void whatIsMoreBreaksNobodyAndNeitherDoesWhatIsNotPromised() throws IOException {
    Path more =
        jar(
            "more",
            DOOR.replace("public void close() {}", "public void close() {} public void lock() {}"),
            INNER.replace("public void turn() {}", ""));
    assertThat(ApiBreaks.between(released, more, List.of("shop.open"))).isEmpty();
    assertThat(ApiBreaks.between(released, more, List.of()))
        .containsExactly("shop.inner.Hinge.turn(): METHOD_REMOVED");
  }

  @Test
  void aTypeThatIsGoneAndOneThatIsNarrowerAreTold() throws IOException {
    Path now = jar("now", DOOR.replace("public void close", "protected void close"));
    assertThat(ApiBreaks.between(released, now, List.of()))
        .containsExactly(
            "shop.inner.Hinge: CLASS_REMOVED", "shop.open.Door.close(): METHOD_LESS_ACCESSIBLE");
  }

  /** The list of this build can be read, whether or not there is anything to compare with. */
  @Test
  void theListOfThisBuildIsInOrder() {
    assertThat(ApiBreaks.accepted(ReleasedApiIT.ACCEPTED)).doesNotContainValue("");
  }

  private Path jar(String name, String... sources) throws IOException {
    Path from = Files.createDirectories(temporary.resolve(name + "-sources"));
    Path classes = Files.createDirectories(temporary.resolve(name + "-classes"));
    String[] arguments = new String[sources.length + 4];
    arguments[0] = "-d";
    arguments[1] = classes.toString();
    arguments[2] = "--release";
    arguments[3] = "17";
    for (int i = 0; i < sources.length; i++) {
      String type = sources[i].replaceAll("(?s).*class (\\w+).*", "$1");
      arguments[i + 4] = Files.writeString(from.resolve(type + ".java"), sources[i]).toString();
    }
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments)).isZero();
    Path jar = temporary.resolve(name + ".jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        entries.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        entries.write(Files.readAllBytes(file));
      }
    }
    return jar;
  }
}
