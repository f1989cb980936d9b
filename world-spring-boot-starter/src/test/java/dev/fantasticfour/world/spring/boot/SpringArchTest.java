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

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(W + ".spring");

  @Test
  void bothRoomsAreThere() {
    assertThat(OURS).anyMatch(resideInAPackage(BOOT)::test);
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
        .resideOutsideOfPackage(BOOT)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework.boot..", BOOT)
        .check(OURS);
  }

  @Test
  void neitherKnowsAServerOrAnAssemblyOfOthers() {
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
