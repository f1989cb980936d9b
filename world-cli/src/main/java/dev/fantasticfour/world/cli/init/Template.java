package dev.fantasticfour.world.cli.init;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The kinds of a new project, and their files, as they lie in the jar. */
enum Template {
  PLAIN("plain", "mvn -q compile exec:java", List.of("pom.xml", "README.md", Template.SHOP)),
  SPRING(
      "spring",
      "mvn -q spring-boot:run",
      List.of("pom.xml", "README.md", "src/main/resources/application.properties", Template.SHOP));

  private static final String SHOP = "src/main/java/com/example/Shop.java";

  /** Under another name in the jar: what packs it leaves out files of that name. */
  private static final String IGNORED = ".gitignore";

  private static final List<String> OF_BOTH =
      List.of(
          IGNORED,
          "src/main/java/com/example/OrderWorkflow.java",
          "src/main/java/com/example/FirstOrder.java",
          "src/test/java/com/example/OrderWorkflowTest.java");

  /** What the starter for Spring Boot is built and tested with. */
  private static final String SPRING_BOOT = "4.0.9";

  private final String directory;
  private final String running;
  private final List<String> own;

  Template(String directory, String running, List<String> own) {
    this.directory = directory;
    this.running = running;
    this.own = own;
  }

  /** The command that runs its program. */
  String running() {
    return running;
  }

  /**
   * The texts by their paths in the project.
   *
   * @param name of the project
   * @param version of World
   */
  Map<String, String> files(String name, String version) {
    Map<String, String> files = new LinkedHashMap<>();
    for (String file : own) {
      files.put(file, filled(directory + "/" + file, name, version));
    }
    for (String file : OF_BOTH) {
      String resource = "both/" + (file.equals(IGNORED) ? "gitignore.txt" : file);
      files.put(file, filled(resource, name, version));
    }
    return files;
  }

  private static String filled(String resource, String name, String version) {
    return read(resource)
        .replace("@name@", name)
        .replace("@version@", version)
        .replace("@spring-boot@", SPRING_BOOT);
  }

  private static String read(String resource) {
    try (InputStream text = Template.class.getResourceAsStream(resource)) {
      if (text == null) {
        throw new IllegalStateException(resource + " is missing beside " + Template.class);
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
