package dev.fantasticfour.world.example.subscription;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the example is there to show. */
class SubscriptionAppTest {

  @Test
  void theCompileClassPathIsTheApiAlone() throws Exception {
    // Written by the build from what Maven resolved, not from what the pom says.
    String resolved = Files.readString(Path.of("target", "compile-classpath.txt")).strip();
    assertThat(Arrays.stream(resolved.split(File.pathSeparator)))
        .hasSize(2)
        .anyMatch(entry -> entry.contains("world-api"))
        .anyMatch(entry -> entry.contains("jspecify"));
  }

  @Test
  void everyClassUsesTheApiAlone() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify.annotations",
            "dev.fantasticfour.world.api..",
            "dev.fantasticfour.world.example.subscription")
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.fantasticfour.world.example.subscription"));
  }

  /** The build sets WORKFLOW_STORAGE, WORKFLOW_QUEUE and WORKFLOW_STREAMER to memory. */
  @Test
  @Timeout(60)
  void mainKeepsItsSubscriptionsWithoutAnyServer() throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      SubscriptionApp.main(new String[0]);
    } finally {
      System.setOut(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .containsPattern("ada-\\w+ has SOLO, ACTIVE")
        .contains("not taken: the plan is FAMILY already")
        .containsPattern("charged ada-\\w+ 900 cents for period 0")
        .containsPattern("charged ada-\\w+ 1500 cents for period")
        .containsPattern("dear bob-\\w+, the card has expired")
        .containsPattern("found by its status: subscription of bob-\\w+")
        .containsPattern("bob-\\w+ has SOLO, ACTIVE")
        .containsPattern("Farewell\\[subscriber=carol-\\w+, status=LAPSED, paid=0")
        .containsPattern("Farewell\\[subscriber=ada-\\w+, status=CANCELLED, paid=")
        .containsPattern("Farewell\\[subscriber=bob-\\w+, status=CANCELLED, paid=");
  }
}
