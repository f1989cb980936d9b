package com.example.h2;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What an adapter needs of World: the ports, the rules and the values. */
final class OutsideArchTest {

  @Test
  void theAdapterSeesPortsRulesAndValuesOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify.annotations",
            "org.h2..",
            "org.jdbi..",
            "com.google.inject..",
            "dev.fantasticfour.world.api..",
            "dev.fantasticfour.world.core.port..",
            "dev.fantasticfour.world.core.rules",
            "com.example.h2")
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("com.example.h2"));
  }
}
