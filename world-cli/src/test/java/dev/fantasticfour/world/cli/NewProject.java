package dev.fantasticfour.world.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The directory of a project that the command has begun. */
record NewProject(Path directory) {

  List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** As its Maven would, with every warning an error. */
  void compile(Path classes) throws IOException {
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
                      Files.createDirectories(classes).toString(),
                      "-cp",
                      System.getProperty("java.class.path"),
                      "-proc:none",
                      "-Xlint:all,-classfile,-path",
                      "-Werror"),
                  null,
                  sources.getJavaFileObjectsFromPaths(
                      files().stream().filter(f -> f.toString().endsWith(".java")).toList()))
              .call();
      assertThat(compiled).as(problems.toString()).isTrue();
    }
  }
}
