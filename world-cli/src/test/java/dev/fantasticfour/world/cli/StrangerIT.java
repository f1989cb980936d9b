package dev.fantasticfour.world.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.cli.Documents.Block;
import dev.fantasticfour.world.embedded.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A project of somebody else, made of the pom and the class of the README and nothing else, against
 * what this build publishes: it compiles, runs, and gets the very libraries that were tested.
 *
 * <p>Its Maven has a local repository of its own under {@code target}; that of the user only serves
 * it, as Central would, with what this build has been made of.
 */
@Timeout(300)
class StrangerIT {

  private static final String GROUP = "dev/fantasticfour/world";
  private static final List<String> MODULES =
      List.of(
          "world-api",
          "world-core",
          "world-embedded",
          "world-tck",
          "world-adapter-postgres",
          "world-adapter-redis",
          "world-cli");

  private static final Path HOME = Path.of("target", "stranger").toAbsolutePath();
  private static final Path PROJECT = HOME.resolve("project");
  private static final Path REPOSITORY = HOME.resolve("repository");
  private static final Path CLASS_PATH = HOME.resolve("class-path.txt");

  private static List<Path> libraries = List.of();
  private static String printed = "";

  @BeforeAll
  static void build() throws Exception {
    publish();
    write(PROJECT.resolve("pom.xml"), pom().text());
    write(PROJECT.resolve("src/main/java/Greeting.java"), greeting().text());
    write(HOME.resolve("settings.xml"), settings());
    printed = maven();
    libraries = Stream.of(Files.readString(CLASS_PATH).strip().split(":")).map(Path::of).toList();
  }

  @Test
  void whatIsPastedFromTheReadmeCompilesAndRuns() {
    assertThat(printed).contains("Hello, World!");
  }

  @Test
  void everyLibraryIsTheOneThatWasTested() throws IOException {
    List<String> tested;
    try (Stream<Path> files = Files.list(Path.of("target", "lib"))) {
      tested = files.map(StrangerIT::name).toList();
    }
    assertThat(ours().map(StrangerIT::name)).isNotEmpty().isSubsetOf(tested);
  }

  @Test
  void nothingForTestsBenchmarksOrTheCommandLineComesAlong() {
    assertThat(ours().map(StrangerIT::name))
        .filteredOn(name -> name.startsWith("world-"))
        .map(name -> name.replaceFirst("-\\d.*", ""))
        .containsExactlyInAnyOrder(
            "world-api", "world-core", "world-adapter-postgres", "world-adapter-redis");
    assertThat(ours().map(StrangerIT::name))
        .noneMatch(name -> name.matches("(junit|assertj|archunit|jmh|picocli|logback).*"));
  }

  @Test
  void theReadmeSaysHowMuchComesAlong() throws IOException {
    Matcher said =
        Pattern.compile("the four modules bring (\\d+) jars, (\\d+) MB")
            .matcher(Documents.read(Documents.ROOT.resolve("README.md")).replaceAll("\\s+", " "));
    assertThat(said.find()).isTrue();
    List<Path> all = ours().toList();
    long bytes = 0;
    for (Path each : all) {
      bytes += Files.size(each);
    }
    String names = all.stream().map(StrangerIT::name).sorted().collect(Collectors.joining("\n"));
    assertThat(Integer.parseInt(said.group(1))).as(names).isEqualTo(all.size());
    assertThat(Integer.parseInt(said.group(2))).as(names).isEqualTo(Math.round(bytes / 1e6));
  }

  @Test
  void nothingStandsBeforeItsFirstLineNorOnRealServers() throws Exception {
    Map<String, String> variables = new HashMap<>();
    variables.put(WorldConfig.POSTGRES_URL, Services.postgres().freshDatabase());
    variables.put(WorldConfig.REDIS_URL, Services.redis().url());
    variables.put("WORKFLOW_POSTGRES_JOB_PREFIX", "stranger_" + UUID.randomUUID() + "_");
    variables.put("WORKFLOW_POSTGRES_MIGRATE", "true");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-cp",
            PROJECT.resolve("target/classes") + ":" + Files.readString(CLASS_PATH).strip(),
            "Greeting"));

    Outcome outcome = run(command, variables);

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out().strip()).isEqualTo("Hello, World!");
    assertThat(outcome.err()).doesNotContain("WARNING", "WARN ", "sun.misc.Unsafe", "SLF4J");
  }

  /** Without parent and management, which mean nothing to whoever depends on a module. */
  @Test
  void aPublishedPomStandsAlone() throws IOException {
    for (String module : MODULES) {
      Path pom = Documents.ROOT.resolve(module).resolve("target/published-pom.xml");
      assertThat(Files.readString(pom))
          .as(module)
          .doesNotContain("<parent>", "<dependencyManagement>", "${", "<scope>test</scope>");
      assertThat(Documents.ROOT.resolve(module).resolve("target"))
          .as("sources of " + module)
          .isDirectoryContaining("glob:**/" + module + "-*-sources.jar");
    }
  }

  /** What comes with World, without the provider of logging that the pom names. */
  private static Stream<Path> ours() {
    return libraries.stream().filter(each -> !name(each).startsWith("slf4j-simple-"));
  }

  private static Block pom() {
    return Documents.blocks("xml").stream()
        .filter(block -> block.text().startsWith("<project"))
        .findFirst()
        .orElseThrow();
  }

  private static Block greeting() {
    return Documents.blocks("java").stream()
        .filter(block -> block.text().contains("class Greeting "))
        .findFirst()
        .orElseThrow();
  }

  /** As a deployment would, from what this build has packaged. */
  private static void publish() throws IOException {
    Matcher version =
        Pattern.compile("<artifactId>world-bom</artifactId>\\s*<version>([^<]+)")
            .matcher(pom().text());
    assertThat(version.find()).isTrue();
    place(Documents.ROOT.resolve("world-bom/pom.xml"), "world-bom", version.group(1), ".pom");
    for (String module : MODULES) {
      Path target = Documents.ROOT.resolve(module).resolve("target");
      place(target.resolve("published-pom.xml"), module, version.group(1), ".pom");
      place(
          target.resolve(module + "-" + version.group(1) + ".jar"),
          module,
          version.group(1),
          ".jar");
    }
    // What an earlier build has published must not be what this one is tested by.
    Path kept = HOME.resolve("local").resolve(GROUP);
    if (Files.exists(kept)) {
      try (Stream<Path> files = Files.walk(kept)) {
        for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  private static void place(Path file, String module, String version, String ending)
      throws IOException {
    assertThat(file).exists();
    Path to = REPOSITORY.resolve(GROUP).resolve(module).resolve(version);
    Files.createDirectories(to);
    Files.copy(
        file, to.resolve(module + "-" + version + ending), StandardCopyOption.REPLACE_EXISTING);
  }

  private static String settings() {
    String repositories =
        repository("published", REPOSITORY, true)
            + repository("tested", Path.of(System.getProperty("settings.localRepository")), false);
    return """
    <settings>
      <localRepository>%s</localRepository>
      <profiles>
        <profile>
          <id>stranger</id>
          <repositories>%s</repositories>
          <pluginRepositories>%s</pluginRepositories>
        </profile>
      </profiles>
      <activeProfiles><activeProfile>stranger</activeProfile></activeProfiles>
    </settings>
    """
        .formatted(
            HOME.resolve("local"),
            repositories,
            repositories.replace("repository>", "pluginRepository>"));
  }

  private static String repository(String id, Path directory, boolean snapshots) {
    return """
    <repository>
      <id>%s</id>
      <url>%s</url>
      <releases><enabled>%s</enabled><checksumPolicy>ignore</checksumPolicy></releases>
      <snapshots><enabled>%s</enabled><checksumPolicy>ignore</checksumPolicy></snapshots>
    </repository>
    """
        .formatted(id, directory.toUri(), !snapshots, snapshots);
  }

  /**
   * Compiles, runs and asks for the class path, by the plugins that the pom and this build name.
   */
  private static String maven() throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
            "-B",
            "-q",
            "-s",
            HOME.resolve("settings.xml").toString(),
            "-f",
            PROJECT.resolve("pom.xml").toString(),
            "org.apache.maven.plugins:maven-compiler-plugin:compile",
            "org.codehaus.mojo:exec-maven-plugin:java",
            "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath",
            "-Dmdep.outputFile=" + CLASS_PATH);
    Map<String, String> variables = new TreeMap<>();
    for (String port : List.of("STORAGE", "QUEUE", "STREAMER")) {
      variables.put("WORKFLOW_" + port, "memory");
    }
    Outcome outcome = run(command, variables);
    assertThat(outcome.code()).as(outcome.out() + outcome.err()).isZero();
    return outcome.out();
  }

  private record Outcome(int code, String out, String err) {}

  private static Outcome run(List<String> command, Map<String, String> variables) throws Exception {
    Path out = HOME.resolve("out.txt");
    Path err = HOME.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(HOME.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.matches("WORKFLOW_.*|REDIS_URL|MAVEN_.*"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(variables);
    Process process = builder.start();
    assertThat(process.waitFor(240, TimeUnit.SECONDS)).as(command.toString()).isTrue();
    return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
