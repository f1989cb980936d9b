package dev.fantasticfour.world.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script that releases, in a repository made for the purpose, whose Maven only writes down what
 * it was asked for.
 */
@Timeout(60)
class ReleaseScriptTest {

  private static final String MIGRATIONS =
      "world-adapter-postgres/src/main/resources/dev/fantasticfour/world/postgres/migration";

  private static final Map<String, String> SECRETS =
      Map.of(
          "MAVEN_GPG_KEY", "a key",
          "MAVEN_GPG_PASSPHRASE", "its secret",
          "CENTRAL_USERNAME", "somebody",
          "CENTRAL_PASSWORD", "secret");

  /** Says its version, writes down the rest, and leaves the same jar wherever it builds. */
  private static final String MAVEN =
      """
      #!/bin/sh
      if [ "$1" = -v ]; then echo "Apache Maven $MAVEN_VERSION (abc)"; exit; fi
      echo "$(basename "$PWD"): $*" >>"$ASKED"
      case "$*" in *deploy*) exit "${DEPLOY:-0}" ;; esac
      mkdir -p world-api/target
      echo "${CONTENT:-the same} $([ -n "${CONTENT:-}" ] && pwd)" >world-api/target/world-api-0.1.0.jar
      """;

  @TempDir Path temporary;
  private Path tree;
  private Path asked;

  @BeforeAll
  static void lookForPrograms() {
    for (String program : List.of("git", "perl", "bash")) {
      boolean found =
          Stream.of(System.getenv("PATH").split(File.pathSeparator))
              .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
      if (!found) {
        System.out.println("The script that releases was not tried: there is no " + program + ".");
      }
      assumeTrue(found, program);
    }
  }

  @BeforeEach
  void makeARepository() throws Exception {
    asked = Files.createFile(temporary.resolve("asked"));
    Path bin = Files.createDirectory(temporary.resolve("bin"));
    Path maven = Files.writeString(bin.resolve("mvn"), MAVEN);
    assertThat(maven.toFile().setExecutable(true)).isTrue();
    tree = Files.createDirectory(temporary.resolve("tree"));
    for (String file :
        List.of(
            "release.sh",
            ".ci/beside-last-release",
            ".ci/build-elsewhere",
            ".ci/compare-builds",
            ".ci/central-settings.xml")) {
      Path to = tree.resolve(file);
      Files.createDirectories(to.getParent());
      Files.copy(Build.ROOT.resolve(file), to, StandardCopyOption.COPY_ATTRIBUTES);
    }
    write(".gitignore", "target/\n");
    write(
        "pom.xml",
        """
        <project>
          <version>0.1.0-SNAPSHOT</version>
          <project.build.outputTimestamp>2026-01-01T00:00:00Z</project.build.outputTimestamp>
        </project>
        """);
    write("world-bom/pom.xml", "<project>\n  <version>0.1.0-SNAPSHOT</version>\n</project>\n");
    write(
        "world-release/pom.xml",
        """
        <project>
          <version>0.1.0-SNAPSHOT</version>
          <released.version>none</released.version>
          <nothing.released>true</nothing.released>
        </project>
        """);
    write(
        "world-release/src/released/api-breaks.xml",
        "<api-breaks>\n  <break what=\"a\">b</break>\n</api-breaks>\n");
    write("README.md", "        <version>0.1.0-SNAPSHOT</version>\n");
    write("docs/page.md", "nothing\n");
    write(MIGRATIONS + "/V0001__tables.sql", "select 1;\n");
    write("CHANGELOG.md", "# Changelog\n\n## [0.1.0] - 2026-12-01\n\n### Added\n\n- All of it.\n");
    git("init", "--quiet", "--initial-branch", "main");
    git("config", "user.name", "Somebody");
    git("config", "user.email", "somebody@example.com");
    commit();
    git("init", "--quiet", "--bare", temporary.resolve("origin").toString());
    git("remote", "add", "origin", temporary.resolve("origin").toString());
  }

  @Test
  void aTreeThatIsNotCleanStopsIt() throws Exception {
    write("README.md", "mine\n");
    Outcome outcome = release(SECRETS, "0.1.0", "--dry-run");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.output()).contains("not clean", "README.md");
    assertThat(asked).isEmptyFile();
  }

  @Test
  void aVersionThatTheChangelogSaysNothingOfStopsIt() throws Exception {
    Outcome outcome = release(SECRETS, "0.2.0", "--dry-run");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.output()).contains("CHANGELOG.md", "## [0.2.0]");

    write(
        "CHANGELOG.md", "# Changelog\n\n## [0.1.0] - 2026-12-01\n\n### Added\n\n## [0.0.1]\n- x\n");
    commit();
    assertThat(release(SECRETS, "0.1.0", "--dry-run").output())
        .as("a heading alone")
        .contains("CHANGELOG.md says nothing");
    assertThat(asked).isEmptyFile();
  }

  @Test
  void whatIsNoVersionOrWasReleasedStopsIt() throws Exception {
    assertThat(release(SECRETS).output()).contains("needs the version");
    assertThat(release(SECRETS, "1.0").output()).contains("'1.0'", "0.1.0-rc.1");
    assertThat(release(SECRETS, "0.1.0-SNAPSHOT").output()).contains("cannot release");
    assertThat(release(SECRETS, "0.1.0", "--dryrun").output()).contains("--dryrun");
    git("tag", "v0.1.0");
    assertThat(release(SECRETS, "0.1.0").output()).contains("v0.1.0 is there already");
    assertThat(asked).isEmptyFile();
  }

  @Test
  void withoutAKeyATokenOrANewEnoughMavenNothingIsBegun() throws Exception {
    assertThat(release(Map.of(), "0.1.0").output()).contains("MAVEN_GPG_KEY");
    assertThat(release(Map.of("MAVEN_GPG_KEY", "a key"), "0.1.0").output())
        .contains("CENTRAL_USERNAME");
    Outcome outcome = release(with("MAVEN_VERSION", "3.8.7"), "0.1.0");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.output()).contains("3.9.2", "3.8.7").doesNotContain("secret");
    assertThat(asked).isEmptyFile();
  }

  @Test
  void aDryRunBuildsTwiceAndComparesAndLeavesNothing() throws Exception {
    String before = git("rev-parse", "HEAD");
    Outcome outcome = release(SECRETS, "0.1.0", "--dry-run");
    assertThat(outcome.code()).as(outcome.output()).isZero();
    assertThat(outcome.output())
        .contains(
            "Nothing has been released", "1 files are the same, 0 are not", "can be released");
    assertThat(Files.readAllLines(asked))
        .satisfiesExactly(
            plan -> assertThat(plan).contains("0.1.0: ", "check-buildplan"),
            first -> assertThat(first).contains("0.1.0: ", "-Prelease", "verify"),
            second -> assertThat(second).contains("0.1.0-again: ", "verify"));
    assertThat(git("rev-parse", "HEAD")).isEqualTo(before);
    assertThat(git("tag")).isBlank();
    assertThat(git("status", "--porcelain")).isBlank();
    assertThat(git("worktree", "list").lines()).hasSize(1);
  }

  @Test
  void twoBuildsThatDifferStopIt() throws Exception {
    Outcome outcome = release(with("CONTENT", "built in"), "0.1.0");
    assertThat(outcome.code()).isNotZero();
    assertThat(outcome.output()).contains("world-api/target/world-api-0.1.0.jar differs");
    assertThat(git("tag")).isBlank();
    assertThat(Files.readString(asked)).doesNotContain("deploy");
  }

  @Test
  void aReleaseIsTaggedPublishedAndFollowedByTheNextSnapshot() throws Exception {
    Outcome outcome = release(SECRETS, "0.1.0");
    assertThat(outcome.code()).as(outcome.output()).isZero();
    assertThat(outcome.output()).contains("not let go yet").doesNotContain("secret");
    assertThat(Files.readString(asked)).contains("-s .ci/central-settings.xml", "deploy");

    assertThat(git("show", "v0.1.0:README.md")).contains("<version>0.1.0</version>");
    assertThat(git("show", "v0.1.0:pom.xml")).doesNotContain("SNAPSHOT", "2026-01-01");
    assertThat(git("show", "v0.1.0:world-release/src/released/migrations.sha256"))
        .matches("[0-9a-f]{64}  V0001__tables.sql\\s*");

    assertThat(Build.read(tree.resolve("world-bom/pom.xml"))).contains("0.2.0-SNAPSHOT");
    assertThat(Build.read(tree.resolve("world-release/pom.xml")))
        .contains("<released.version>0.1.0<", "<nothing.released>false<");
    assertThat(Build.read(tree.resolve("world-release/src/released/api-breaks.xml")))
        .doesNotContain("break what");
    assertThat(Build.read(tree.resolve("CHANGELOG.md")))
        .containsSubsequence("## [Unreleased]", "## [0.1.0]");
    assertThat(git("ls-remote", "origin")).contains("refs/heads/main", "refs/tags/v0.1.0");
    assertThat(git("status", "--porcelain")).isBlank();
  }

  @Test
  void whatCouldNotBePublishedIsNotTagged() throws Exception {
    String before = git("rev-parse", "HEAD");
    Outcome outcome = release(with("DEPLOY", "1"), "0.1.0");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.output()).contains("was not published");
    assertThat(git("tag")).isBlank();
    assertThat(git("rev-parse", "HEAD")).isEqualTo(before);
    assertThat(git("ls-remote", "origin")).isBlank();
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> variables = new HashMap<>(SECRETS);
    variables.put(name, value);
    return variables;
  }

  private void write(String file, String text) throws IOException {
    Path to = tree.resolve(file);
    Files.createDirectories(to.getParent());
    Files.writeString(to, text);
  }

  private void commit() throws Exception {
    git("add", "-A");
    git("commit", "--quiet", "-m", "change");
  }

  private String git(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Outcome outcome = run(Map.of(), command);
    assertThat(outcome.code()).as(command + outcome.output()).isZero();
    return outcome.output();
  }

  private Outcome release(Map<String, String> variables, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", "release.sh"));
    command.addAll(List.of(arguments));
    return run(variables, command);
  }

  private record Outcome(int code, String output) {}

  private Outcome run(Map<String, String> variables, List<String> command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(tree.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.matches("(MAVEN|CENTRAL|GIT)_.*"));
    builder.environment().put("PATH", temporary.resolve("bin") + ":" + System.getenv("PATH"));
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
    builder.environment().put("ASKED", asked.toString());
    builder.environment().put("MAVEN_VERSION", "3.9.16");
    builder.environment().putAll(variables);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), output);
  }
}
