package dev.fantasticfour.world.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@code mvn -Prelease verify} has left for Central, module by module. Other builds make
 * neither signatures nor bills, and skip it.
 */
@EnabledIfSystemProperty(
    named = "release.checked",
    matches = "true",
    disabledReason = "only mvn -Prelease verify makes what is published")
class ReleasedFilesIT {

  private static final List<String> OF_A_JAR =
      List.of(".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json");

  @BeforeAll
  static void sayWhatIsMissing() {
    assertThat(Build.jars()).contains("world-api", "world-cli");
  }

  static List<String> jars() {
    return Build.jars();
  }

  static List<String> published() {
    return Build.published();
  }

  @ParameterizedTest
  @MethodSource("jars")
  void everyJarHasItsSourcesItsDocumentationAndItsBill(String module) throws IOException {
    for (String ending : OF_A_JAR) {
      assertThat(file(module, ending)).isNotEmptyFile();
    }
    for (String ending : List.of(".jar", "-sources.jar", "-javadoc.jar")) {
      try (JarFile jar = new JarFile(file(module, ending).toFile())) {
        assertThat(jar.stream().filter(entry -> !entry.isDirectory())).as(ending).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("published")
  void everyFileIsSigned(String module) {
    List<String> endings = Build.isPom(module) ? List.of() : OF_A_JAR;
    assertThat(Build.made(module, ".pom.asc")).content().contains("BEGIN PGP SIGNATURE");
    for (String ending : endings) {
      Path signature = Path.of(file(module, ending) + ".asc");
      assertThat(signature).content().contains("BEGIN PGP SIGNATURE");
    }
  }

  @ParameterizedTest
  @MethodSource("jars")
  void whatAModuleBringsIsListedOnceUnderAnAllowedLicence(String module) throws IOException {
    assertThat(BillOfMaterials.of(file(module, "-cyclonedx.json")).troubles()).isEmpty();
  }

  @Test
  void theBillOfAllTogetherListsWhatEachBringsAndNothingThatIsNotPublished() throws IOException {
    BillOfMaterials all = BillOfMaterials.of(Build.ROOT.resolve("target/bom.json"));
    assertThat(all.components())
        .map(BillOfMaterials.Component::name)
        .contains("jspecify", "postgresql", "redisson")
        .doesNotContain("jobrunr", "world-bench", "jmh-core", "slf4j-simple");
  }

  private static Path file(String module, String ending) {
    Path made = Build.made(module, ending);
    // The bill is not renamed for what it is attached as.
    return ending.endsWith(".json") && !Files.exists(made)
        ? Build.ROOT.resolve(module).resolve("target/bom.json")
        : made;
  }
}
