package dev.fantasticfour.world.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;

/** What a project begins with, compiled and tested as its Maven would (HRS-2, HRS-6). */
@Timeout(60)
class NewProjectTest {

  @TempDir Path temporary;
  private final Cli cli = new Cli(Map.of());

  private Cli.Outcome init(Path directory, String... options) {
    return cli.run(
        Stream.concat(Stream.of("init", directory.toString()), Stream.of(options))
            .toArray(String[]::new));
  }

  @Test
  void aNewProjectCompilesWithoutAWarningAndItsTestsPass() throws Exception {
    Path project = temporary.resolve("My Shop");
    Cli.Outcome outcome = init(project);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("mvn test");
    String pom = Files.readString(project.resolve("pom.xml"));
    assertThat(pom)
        .contains("<artifactId>my-shop</artifactId>", "<version>" + Version.number() + "</version>")
        .doesNotContain("@name@", "@version@");
    assertThat(Files.readString(project.resolve(".gitignore"))).contains("target/");
    assertThat(Files.readAllLines(project.resolve("README.md"))).hasSizeLessThanOrEqualTo(30);

    Path classes = temporary.resolve("classes");
    new NewProject(project).compile(classes);
    SummaryGeneratingListener heard = new SummaryGeneratingListener();
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {classes.toUri().toURL()}, NewProjectTest.class.getClassLoader())) {
      LauncherFactory.create(
              LauncherConfig.builder().enableTestExecutionListenerAutoRegistration(false).build())
          .execute(
              LauncherDiscoveryRequestBuilder.request()
                  .selectors(selectClass(loader.loadClass("com.example.OrderWorkflowTest")))
                  .build(),
              heard);
    }
    assertThat(heard.getSummary().getFailures()).map(Failure::getException).isEmpty();
    assertThat(heard.getSummary().getTestsSucceededCount()).isEqualTo(2);
  }

  @Test
  void aProjectOfSpringHasTheSameWorkflowAndTheVersionsThatAreTested() throws Exception {
    Path plain = temporary.resolve("plain");
    Path spring = temporary.resolve("spring");
    assertThat(init(plain, "--plain").out()).contains("mvn -q compile exec:java");
    assertThat(init(spring, "--spring").out()).contains("mvn -q spring-boot:run");
    for (String each :
        List.of(
            "main/java/com/example/OrderWorkflow",
            "main/java/com/example/FirstOrder",
            "test/java/com/example/OrderWorkflowTest")) {
      assertThat(spring.resolve("src/" + each + ".java"))
          .hasSameTextualContentAs(plain.resolve("src/" + each + ".java"));
    }
    String version = "<spring-boot.version>(.*)</spring-boot.version>";
    Matcher tested =
        Pattern.compile(version).matcher(Documents.read(Documents.ROOT.resolve("pom.xml")));
    assertThat(tested.find()).isTrue();
    assertThat(Files.readString(spring.resolve("pom.xml")))
        .contains("<version>" + tested.group(1) + "</version>")
        .doesNotContain("@");
    assertThat(spring.resolve("src/main/resources/application.properties"))
        .content()
        .contains("=spring\n", "world.postgres.url=embedded");
    assertThat(Files.readAllLines(spring.resolve("README.md"))).hasSizeLessThanOrEqualTo(30);
    assertThat(init(temporary.resolve("both"), "--plain", "--spring").code()).isEqualTo(2);
  }

  @Test
  void whatIsInTheWayIsNamedAndNothingIsWritten() throws Exception {
    Path project = Files.createDirectories(temporary.resolve("shop"));
    Files.writeString(project.resolve("notes.txt"), "mine");
    Cli.Outcome outcome = init(project);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.lines()).hasSize(1);
    assertThat(outcome.err()).contains("notes.txt", "--force");
    assertThat(new NewProject(project).files()).hasSize(1);

    Path file = Files.writeString(temporary.resolve("file"), "mine");
    assertThat(init(file).err()).contains("it is a file");
    assertThat(Files.readString(file)).isEqualTo("mine");
  }

  @Test
  void byForceNothingThatDiffersIsOverwritten() throws Exception {
    Path project = Files.createDirectories(temporary.resolve("shop"));
    Files.writeString(project.resolve("notes.txt"), "mine");
    assertThat(init(project, "--force").code()).isZero();
    assertThat(Files.readString(project.resolve("notes.txt"))).isEqualTo("mine");
    int all = new NewProject(project).files().size();
    assertThat(init(project, "--force", "--json").json().get("written")).isEmpty();

    Files.writeString(project.resolve("pom.xml"), "mine");
    Files.delete(project.resolve("README.md"));
    Cli.Outcome outcome = init(project, "--force");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("pom.xml would be overwritten");
    assertThat(Files.readString(project.resolve("pom.xml"))).isEqualTo("mine");
    assertThat(new NewProject(project).files()).as("not even what was missing").hasSize(all - 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "---"})
  void whatGivesAProjectNoNameIsRefused(String directory) {
    Cli.Outcome outcome = cli.run("init", "--force", "--", directory);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.lines()).hasSize(1);
    assertThat(outcome.err()).contains("name another one");
  }
}
