package dev.fantasticfour.world.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The command as an image, where an engine for containers answers and the archive has been made by
 * {@code mvn -Prelease,distribution verify}; elsewhere it says that it was skipped.
 */
@Timeout(600)
class ImageIT {

  private static final String IMAGE = "world:" + Build.version();

  @BeforeAll
  static void build() throws Exception {
    Path archive = Build.ROOT.resolve("world-cli/target/world-" + Build.version() + ".tar.gz");
    skipUnless(Files.exists(archive), "the archive was not made (-Pdistribution)");
    skipUnless(answers(), "no engine for containers answers");
    Outcome built =
        docker(
            "build",
            "--build-arg",
            "ARCHIVE=" + Build.ROOT.relativize(archive),
            "-t",
            IMAGE,
            Build.ROOT.toString());
    assertThat(built.code()).as(built.output()).isZero();
  }

  private static void skipUnless(boolean holds, String reason) {
    if (!holds) {
      System.out.println("The image was neither built nor tried: " + reason + ".");
    }
    assumeTrue(holds, reason);
  }

  private static boolean answers() throws Exception {
    try {
      return docker("version", "--format", "{{.Server.Version}}").code() == 0;
    } catch (IOException noProgram) {
      return false;
    }
  }

  @Test
  void itRunsWithoutRootOnAFileSystemThatCannotBeWritten() throws Exception {
    Outcome said = run("version", "--json");
    assertThat(said.code()).as(said.output()).isZero();
    assertThat(said.output()).contains(Build.version());
    Outcome user = docker("image", "inspect", "--format", "{{.Config.User}}", IMAGE);
    assertThat(user.output().strip()).isEqualTo("10001:10001");
  }

  @Test
  void itsDoctorSaysWhatIsMissingInsteadOfFailingToStart() throws Exception {
    Outcome said = run("doctor", "--json");
    assertThat(said.output()).as("it has started, and found no server").contains("postgres");
    assertThat(said.output()).doesNotContain("Read-only file system", "Exception in thread");
  }

  @Test
  void itNeedsNoShell() throws Exception {
    Outcome entry = docker("image", "inspect", "--format", "{{json .Config.Entrypoint}}", IMAGE);
    assertThat(entry.output()).startsWith("[\"java\",");
    Outcome health =
        docker("image", "inspect", "--format", "{{json .Config.Healthcheck.Test}}", IMAGE);
    assertThat(health.output()).startsWith("[\"CMD\",\"java\",");
  }

  private static Outcome run(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("run", "--rm", "--read-only", "--tmpfs", "/tmp", "--cap-drop", "ALL", IMAGE));
    command.addAll(List.of(arguments));
    return docker(command.toArray(String[]::new));
  }

  private record Outcome(int code, String output) {}

  private static Outcome docker(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), output);
  }
}
