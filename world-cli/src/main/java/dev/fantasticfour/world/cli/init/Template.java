package dev.fantasticfour.world.cli.init;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files of a new project, as they lie in the jar. */
final class Template {

  private static final String DIRECTORY = "plain/";

  /** Under another name in the jar: what packs it leaves out files of that name. */
  private static final String IGNORED = ".gitignore";

  private static final List<String> FILES =
      List.of(
          "pom.xml",
          "README.md",
          IGNORED,
          "src/main/java/com/example/OrderWorkflow.java",
          "src/main/java/com/example/Shop.java",
          "src/test/java/com/example/OrderWorkflowTest.java");

  private Template() {}

  /**
   * The texts by their paths in the project.
   *
   * @param name of the project
   * @param version of World
   */
  static Map<String, String> files(String name, String version) {
    Map<String, String> files = new LinkedHashMap<>();
    for (String file : FILES) {
      String text = read(DIRECTORY + (file.equals(IGNORED) ? "gitignore.txt" : file));
      files.put(file, text.replace("@name@", name).replace("@version@", version));
    }
    return files;
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
