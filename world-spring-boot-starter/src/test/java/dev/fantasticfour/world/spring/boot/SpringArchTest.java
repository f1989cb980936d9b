package dev.fantasticfour.world.spring.boot;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What the rooms for Spring may see. */
class SpringArchTest {

  private static final String W = "dev.fantasticfour.world";
  private static final String SPRING = W + ".spring..";
  private static final String BOOT = W + ".spring.boot..";
  private static final String BOOT_4 = W + ".spring.boot4..";

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(W + ".spring");

  @Test
  void allRoomsAreThere() {
    assertThat(OURS).anyMatch(resideInAPackage(BOOT)::test);
    assertThat(OURS).anyMatch(resideInAPackage(BOOT_4)::test);
    assertThat(OURS).anyMatch(resideInAPackage(W + ".spring")::test);
  }

  @Test
  void theyAssembleAWorldAndSeeNothingOfTheEngineButTheCodecThatIsReplaced() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage(W + "..")
                .and(
                    resideOutsideOfPackages(
                        SPRING,
                        W + ".api..",
                        W + ".core.port..",
                        W + ".core.guice..",
                        W + ".core.observe..",
                        W + ".opentelemetry.."))
                .and(DescribedPredicate.not(simpleName("PayloadCodec")))
                .and(DescribedPredicate.not(simpleName("PostgresStorageOpener")))
                .and(DescribedPredicate.not(simpleName("PostgresStorage"))))
        .check(OURS);
  }

  @Test
  void whatBothLinesOfSpringBootShareKnowsNothingOfSpringBoot() {
    noClasses()
        .that()
        .resideOutsideOfPackages(BOOT, BOOT_4)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework.boot..", BOOT, BOOT_4)
        .check(OURS);
  }

  /** Both starters stand on it. */
  @Test
  void whatAllLinesOfSpringBootShareKnowsNothingThatIsOfOneLineOnly() {
    noClasses()
        .that()
        .resideInAPackage(BOOT)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            BOOT_4,
            "org.springframework.boot.health..",
            "org.springframework.boot.actuate.health..",
            "org.springframework.boot.jdbc.autoconfigure..",
            "org.springframework.boot.data..",
            "org.springframework.boot.autoconfigure.jdbc..",
            "org.springframework.boot.autoconfigure.data..")
        .check(OURS);
  }

  @Test
  void noneKnowsAServerOrAnAssemblyOfOthers() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "com.google.inject..",
            "org.postgresql..",
            "com.zaxxer..",
            "org.flywaydb..",
            "org.redisson..",
            "io.netty..")
        .check(OURS);
  }
}
