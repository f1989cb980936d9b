package dev.fantasticfour.world.example.fulfilment;

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
class FulfilmentAppTest {

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
            "dev.fantasticfour.world.example.fulfilment")
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.fantasticfour.world.example.fulfilment"));
  }

  /** The build sets WORKFLOW_STORAGE, WORKFLOW_QUEUE and WORKFLOW_STREAMER to memory. */
  @Test
  @Timeout(60)
  void mainFulfilsItsOrdersWithoutAnyServer() throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      FulfilmentApp.main(new String[0]);
    } finally {
      System.setOut(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .containsPattern("Receipt\\[order=\\w+-ada, status=SHIPPED, payment=payment of \\w+-ada")
        .containsPattern("status=SHIPPED, payment=payment of \\w+-grace")
        .containsPattern("cancelled the place of \\w+-alan/map")
        .containsPattern(
            "(?s)recalled what was collected of (\\w+-alan).*refunded \\1.*released the stock of"
                + " \\1")
        .contains("status=UNDELIVERABLE, payment=null, tracking=[]")
        .contains("nobody brings ticket to the moon")
        .containsPattern("shipment wrun_\\w+: CANCELLED")
        .containsPattern("shipment wrun_\\w+: FAILED")
        .containsPattern("found by its status: \\w+-alan");
  }
}
