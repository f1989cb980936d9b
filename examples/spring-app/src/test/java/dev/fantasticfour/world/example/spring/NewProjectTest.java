package dev.fantasticfour.world.example.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code world init --spring} writes, with the libraries of this application (HRS-2). */
class NewProjectTest {

  private static final Path TEMPLATES =
      Path.of("../../world-cli/src/main/resources/dev/fantasticfour/world/cli/init");

  @TempDir Path out;

  @Test
  void itCompilesWithoutAWarning() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String part : List.of("both", "spring")) {
      try (Stream<Path> all = Files.walk(TEMPLATES.resolve(part))) {
        files.addAll(all.filter(file -> file.toString().endsWith(".java")).toList());
      }
    }
    assertThat(files).hasSize(4);
    StringWriter problems = new StringWriter();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager sources = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  problems,
                  sources,
                  null,
                  List.of(
                      "-d",
                      out.toString(),
                      "-cp",
                      System.getProperty("java.class.path"),
                      "-proc:none",
                      "-Xlint:all,-classfile,-path",
                      "-Werror"),
                  null,
                  sources.getJavaFileObjectsFromPaths(files))
              .call();
      assertThat(compiled).as(problems.toString()).isTrue();
    }
  }
}
