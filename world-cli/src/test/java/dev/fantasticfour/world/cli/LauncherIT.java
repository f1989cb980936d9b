package dev.fantasticfour.world.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher, beside what this build has packaged: it must not start another build from here. */
class LauncherIT {

  private static final Path LAUNCHER = Path.of("..", "world").toAbsolutePath().normalize();

  @TempDir Path temporary;
  private Path root;

  @BeforeEach
  void packageElsewhere() throws IOException {
    root = Files.createDirectories(temporary.resolve("a place with spaces"));
    Files.copy(LAUNCHER, root.resolve("world"));
    Path target = Files.createDirectories(root.resolve("world-cli/target"));
    Path packaged = Path.of("target").toAbsolutePath();
    Files.createSymbolicLink(target.resolve("lib"), packaged.resolve("lib"));
    try (Stream<Path> files = Files.list(packaged)) {
      for (Path jar : files.filter(LauncherIT::isJar).toList()) {
        Files.copy(jar, target.resolve(jar.getFileName()));
      }
    }
  }

  @Test
  void bashFindsNothingWrongWithIt() throws Exception {
    assertThat(run(Path.of("/"), "bash", "-n", LAUNCHER.toString()).output()).isEmpty();
  }

  @Test
  void itRunsFromAnywhereThroughLinksAndSpaces() throws Exception {
    Path link = Files.createSymbolicLink(temporary.resolve("link"), root.resolve("world"));
    Path second = Files.createSymbolicLink(temporary.resolve("second"), Path.of("link"));
    for (Path each : List.of(root.resolve("world"), link, second)) {
      Outcome outcome = run(Path.of("/"), "bash", each.toString(), "--help");
      assertThat(outcome.code()).as(outcome.output()).isZero();
      assertThat(outcome.output()).startsWith("Usage: world").contains("demo");
    }
  }

  @Test
  void exitCodesComeThrough() throws Exception {
    Outcome outcome = run(root, "./world", "nope");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.output().lines()).hasSize(1);
  }

  @Test
  void withoutMavenAndBuildItSaysSoInOneLine() throws Exception {
    Files.delete(root.resolve("world-cli/target/lib"));
    Outcome outcome =
        run(
            root,
            "bash",
            "-c",
            "mkdir bin && for t in dirname readlink find head cat; do"
                + " ln -s \"$(command -v $t)\" bin/$t; done;"
                + " bash=$(command -v bash); PATH=$PWD/bin exec \"$bash\" ./world runs list");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.output().lines()).hasSize(1);
    assertThat(outcome.output()).contains("needs Maven");
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "POSIX", "xx_YY", ""})
  void whatIsTypedArrivesWhateverTheLocaleIs(String locale) throws Exception {
    // Refused with the document's own words when it is read, and with U+FFFD when it is not.
    Outcome outcome =
        run(
            root,
            "bash",
            "-c",
            // The bytes that a terminal sends, whatever this JVM makes of an argument.
            "unset LANG LC_CTYPE; export LC_ALL=\"$1\";"
                + " exec ./world runs list --status \"$(printf 'Gr\\303\\274\\303\\237e')\"",
            "bash",
            locale);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.output()).contains("Grüße").doesNotContain("\uFFFD");
  }

  @Test
  void withoutHomeAJdkIsFoundToo() throws Exception {
    Outcome outcome = run(root, "bash", "-c", "unset HOME JAVA_HOME; exec ./world --version");
    assertThat(outcome.output()).startsWith("World ").doesNotContain("unbound");
    assertThat(outcome.code()).isZero();
  }

  @Test
  void aPathWithAColonIsRefusedInOneLine() throws Exception {
    Path odd = Files.createDirectories(temporary.resolve("a:b"));
    Files.copy(LAUNCHER, odd.resolve("world"));
    Outcome outcome = run(Path.of("/"), odd.resolve("world").toString(), "--help");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.output().lines()).hasSize(1);
    assertThat(outcome.output()).contains(odd.toString(), "colon");
  }

  @Test
  void anExampleThatThereIsNotIsOneLine() throws Exception {
    Outcome outcome = run(root, "./world", "example", "nope");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.output().lines()).hasSize(1);
    assertThat(outcome.output()).contains("./world example order");
  }

  @Test
  void aNarrowTerminalIsEnough() throws Exception {
    Outcome outcome =
        run(root, "bash", "-c", "WORLD_JAVA_OPTIONS=-Dworld.columns=20 exec ./world runs --help");
    assertThat(outcome.code()).as(outcome.output()).isZero();
    assertThat(outcome.output()).startsWith("Usage: world runs");
  }

  @Test
  void aFullDiskIsToldAndIsNoSuccess() throws Exception {
    assumeThat(Path.of("/dev/full")).exists();
    Outcome outcome = run(root, "bash", "-c", "./world --help 2>&1 >/dev/full");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.output().lines()).hasSize(1);
    assertThat(outcome.output()).contains("cannot write to standard output");
  }

  @Test
  void whoHasSeenEnoughIsNoMistake() throws Exception {
    Outcome outcome =
        run(
            root,
            "bash",
            "-c",
            // The reader is gone before anything is written.
            "mkfifo gone && exec 3<>gone && exec 4>gone && exec 3<&- && rm gone"
                + " && ./world --help 2>&1 >&4; echo \"code $?\"");
    assertThat(outcome.output().strip()).isEqualTo("code 2");
  }

  private static boolean isJar(Path file) {
    return file.getFileName().toString().matches("world-cli-.*\\.jar");
  }

  private record Outcome(int code, String output) {}

  private static Outcome run(Path directory, String... command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    // The JDK that runs this test is one the launcher may choose.
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), output);
  }
}
