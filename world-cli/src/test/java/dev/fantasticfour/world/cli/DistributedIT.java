package dev.fantasticfour.world.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is unpacked, laid out as the archive has it (CLI-10). */
@Timeout(60)
class DistributedIT {

  private static final Path LAUNCHERS = Path.of("src/distribution/bin").toAbsolutePath();

  private static final Path ROOT =
      Path.of("target/unpacked/a place with spaces/world-1").toAbsolutePath();
  private static final Path LIB = ROOT.resolve("lib");

  @TempDir Path temporary;
  private Path cache;

  @BeforeAll
  static void unpack() throws IOException {
    Files.createDirectories(ROOT.resolve("bin"));
    Files.createDirectories(LIB);
    copy(LAUNCHERS.resolve("world"), ROOT.resolve("bin/world"));
    for (Path jar : jars(Path.of("target/lib"), ".*")) {
      Path link = LIB.resolve(jar.getFileName());
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, jar);
    }
    for (Path jar : jars(Path.of("target"), "world-cli-(?!.*-(sources|javadoc|tests)).*")) {
      copy(jar, LIB.resolve(jar.getFileName()));
    }
    for (Path jar : jars(Path.of("target/launcher"), ".*")) {
      copy(jar, LIB.resolve("world.jar"));
    }
  }

  private static List<Path> jars(Path directory, String name) throws IOException {
    try (Stream<Path> files = Files.list(directory.toAbsolutePath())) {
      return files.filter(f -> f.getFileName().toString().matches(name + "\\.jar")).toList();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
  }

  @BeforeEach
  void nameTheCache() {
    cache = temporary.resolve("cache");
  }

  @Test
  void itRunsFromAnywhereAndLeavesAnArchiveThatTheNextStartUses() throws Exception {
    Path link = Files.createSymbolicLink(temporary.resolve("world"), ROOT.resolve("bin/world"));
    Outcome first = run(link.toString(), "version", "--json");
    assertThat(first.code()).as(first.output()).isZero();
    assertThat(first.output().lines()).as("nothing but the document").hasSize(1);
    List<Path> archives = archives();
    assertThat(archives)
        .singleElement()
        .satisfies(
            archive ->
                assertThat(archive.getFileName().toString())
                    .contains(Version.number(), System.getProperty("java.version")));

    String shared =
        run("env", "WORLD_JAVA_OPTIONS=-Xlog:class+load", link.toString(), "version").output();
    assertThat(shared).contains("dev.fantasticfour.world.cli.Main source: shared objects file");
  }

  @Test
  void anArchiveThatDoesNotFitAnyMoreIsNoHarm() throws Exception {
    String world = ROOT.resolve("bin/world").toString();
    assertThat(run(world, "version").code()).isZero();
    for (Path jar : jars(LIB, "world-cli-.*")) {
      Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    }
    Outcome outcome = run(world, "version", "--json");
    assertThat(outcome.code()).as(outcome.output()).isZero();
    assertThat(outcome.output().lines()).as(outcome.output()).hasSize(1);
    assertThat(archives()).hasSize(1);
  }

  @Test
  void whereNothingCanBeWrittenItRunsWithoutAnArchiveAndSaysSoWhenAsked() throws Exception {
    Files.writeString(cache, "no directory");
    Outcome outcome = run(ROOT.resolve("bin/world").toString(), "version", "--json");
    assertThat(outcome.output().lines()).hasSize(1);
    Outcome verbose = run(ROOT.resolve("bin/world").toString(), "version", "--json", "-v");
    assertThat(verbose.code()).isZero();
    assertThat(verbose.output()).contains("starts without an archive", "\"version\"");
  }

  @Test
  void withoutAJavaThatIsNewEnoughItSaysSoInOneLine() throws Exception {
    Outcome outcome =
        run(
            "bash",
            "-c",
            "sed 's/^least=21/least=999/' \"$1\" > \"$1-999\"; chmod +x \"$1-999\"; exec"
                + " \"$1-999\"",
            "bash",
            ROOT.resolve("bin/world").toString());
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.output().lines()).hasSize(1);
    assertThat(outcome.output()).contains("needs Java 999");
  }

  private List<Path> archives() throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      return files.toList();
    }
  }

  private record Outcome(int code, String output) {}

  private Outcome run(String... command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(temporary.toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("WORLD_CACHE", cache.toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), output);
  }
}
