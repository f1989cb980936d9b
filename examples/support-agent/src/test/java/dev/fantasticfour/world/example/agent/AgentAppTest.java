package dev.fantasticfour.world.example.agent;

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
class AgentAppTest {

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
            "dev.fantasticfour.world.example.agent")
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.fantasticfour.world.example.agent"));
  }

  /** The build sets WORKFLOW_STORAGE, WORKFLOW_QUEUE and WORKFLOW_STREAMER to memory. */
  @Test
  @Timeout(60)
  void mainHoldsItsConversationWithoutAnyServer() throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      AgentApp.main(new String[0]);
    } finally {
      System.setOut(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("Here is what I found: o-7 is on its way.")
        .contains("[it waits for a yes to: refund o-7]")
        .contains("[not listened to: one message at a time")
        .containsOnlyOnce("[paid back o-7]")
        .contains("[asked again: Here is what I found: o-7 is paid back.]")
        .contains("I do: we spoke of o-7.")
        .containsPattern("Farewell\\[customer=ada-\\w+, heard=3]");
  }
}
