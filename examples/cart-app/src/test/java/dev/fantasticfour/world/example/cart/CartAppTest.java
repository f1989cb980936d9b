package dev.fantasticfour.world.example.cart;

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
class CartAppTest {

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
            "dev.fantasticfour.world.example.cart")
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.fantasticfour.world.example.cart"));
  }

  /** The build sets WORKFLOW_STORAGE, WORKFLOW_QUEUE and WORKFLOW_STREAMER to memory. */
  @Test
  @Timeout(60)
  void mainServesItsCustomersWithoutAnyServer() throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      CartApp.main(new String[0]);
    } finally {
      System.setOut(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("ada's cart holds 1 x tea, 1 x cup for 10.50 (SHOPPING)")
        .contains("with 12 of tea it costs 6885 cents")
        .contains("not taken: 0 to 99 pieces can be had, not -1")
        .contains("packed 12 x tea", "out of tape", "packed 1 x cup")
        .contains("Receipt[contents=12 x tea, 1 x cup for 68.85 (SENT), payment=payment-step_")
        .containsPattern("dear bob-\\w+, you left something behind: 1 x cup for 4.50")
        .contains("Receipt[contents=1 x cup for 4.50 (ABANDONED), payment=null, parcel=null]")
        .containsPattern("found the cart of bob-\\w+: 450 cents");
  }
}
