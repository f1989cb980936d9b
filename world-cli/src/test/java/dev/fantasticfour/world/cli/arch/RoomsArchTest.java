package dev.fantasticfour.world.cli.arch;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which room may see which, and which libraries. */
final class RoomsArchTest {

  @Test
  void everyRoomIsThere() {
    assertThat(
            Stream.of(
                House.API,
                House.PORT,
                House.RULES,
                House.ENGINE,
                House.POSTGRES,
                House.REDIS,
                House.EMBEDDED,
                House.CLI,
                House.TCK,
                House.TEST,
                House.OBSERVE,
                House.MICROMETER,
                House.OPENTELEMETRY))
        .allMatch(room -> House.classes().stream().anyMatch(resideInAPackage(room)::test));
  }

  @Test
  void theApiUsesJavaAndJspecifyOnly() {
    classes()
        .that()
        .resideInAPackage(House.API)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(House.API, "java..", "org.jspecify..")
        .check(House.classes());
  }

  @Test
  void coreSeesNoOtherModuleButTheApi() {
    noClasses()
        .that()
        .resideInAPackage(House.CORE)
        .should()
        .dependOnClassesThat(
            resideInAPackage(House.W + "..").and(resideOutsideOfPackages(House.CORE, House.API)))
        .check(House.classes());
  }

  @Test
  void coreSeesNoLibraryThatDoesInputOrOutput() {
    noClasses()
        .that()
        .resideInAPackage(House.CORE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.sql..",
            "javax.sql..",
            "java.net..",
            "java.nio.file..",
            "org.postgresql..",
            "org.apache.ibatis..",
            "org.flywaydb..",
            "com.zaxxer..",
            "org.redisson..",
            "io.netty..")
        .check(House.classes());
  }

  @Test
  void thePostgresAdapterSeesPortsRulesAndValuesOnly() {
    sees(House.POSTGRES);
  }

  @Test
  void theRedisAdapterSeesPortsRulesAndValuesOnly() {
    sees(House.REDIS);
  }

  private static void sees(String adapter) {
    noClasses()
        .that()
        .resideInAPackage(adapter)
        .should()
        .dependOnClassesThat(
            resideInAPackage(House.W + "..")
                .and(resideOutsideOfPackages(adapter, House.PORT, House.RULES, House.API)))
        .check(House.classes());
  }

  /**
   * Only where worlds of tests are kept are there servers: who tests in memory has none of them.
   */
  @Test
  void theKitForApplicationsSeesNoServerAndNoKitForAdapters() {
    noClasses()
        .that()
        .resideInAPackage(House.TEST)
        .and()
        .resideOutsideOfPackage(House.TEST_STORE)
        .should()
        .dependOnClassesThat(
            resideInAPackage(House.W + "..")
                .and(
                    resideOutsideOfPackages(
                        House.TEST, House.CORE, House.API, "dev.fantasticfour.world.spring")))
        .check(House.classes());
  }

  /** Bridges to other libraries see what is made for them, and no engine. */
  @Test
  void theBridgeToMicrometerSeesWhatIsObservedPortsAndValuesOnly() {
    noClasses()
        .that()
        .resideInAPackage(House.MICROMETER)
        .should()
        .dependOnClassesThat(
            resideInAPackage(House.W + "..")
                .and(
                    resideOutsideOfPackages(
                        House.MICROMETER, House.OBSERVE, House.OPERATE, House.PORT, House.API)))
        .check(House.classes());
  }

  @Test
  void micrometerIsSeenByItsBridgeOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage(House.MICROMETER)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.micrometer..")
        .check(House.classes());
  }

  @Test
  void theBridgeToOpenTelemetrySeesWhatIsObservedAndValuesOnly() {
    noClasses()
        .that()
        .resideInAPackage(House.OPENTELEMETRY)
        .should()
        .dependOnClassesThat(
            resideInAPackage(House.W + "..")
                .and(resideOutsideOfPackages(House.OPENTELEMETRY, House.OBSERVE, House.API)))
        .check(House.classes());
  }

  @Test
  void openTelemetryIsSeenByItsBridgeOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage(House.OPENTELEMETRY)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.opentelemetry..")
        .check(House.classes());
  }

  /** Observers are shown values: what is observed knows nothing of who does the work. */
  @Test
  void whatIsObservedSeesValuesOnly() {
    noClasses()
        .that()
        .resideInAPackage(House.OBSERVE)
        .should()
        .dependOnClassesThat(
            resideInAPackage(House.W + "..").and(resideOutsideOfPackages(House.OBSERVE, House.API)))
        .check(House.classes());
  }

  @Test
  void guiceIsSeenInItsRoomsAndByTheCommandLineOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages(House.W + "..guice..", House.CLI)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.google.inject..")
        .check(House.classes());
  }

  @Test
  void sqlLibrariesAreSeenByThePostgresAdapterOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage(House.POSTGRES)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.ibatis..", "org.flywaydb..", "com.zaxxer..", "org.postgresql..")
        .check(House.classes());
  }

  @Test
  void databasesAreReachedByThePostgresAdapterAndByWhatStartsAndChecksThemOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages(House.POSTGRES, House.EMBEDDED, House.CLI)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..")
        .check(House.classes());
  }

  @Test
  void redissonIsSeenByTheRedisAdapterOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage(House.REDIS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.redisson..", "io.netty..")
        .check(House.classes());
  }
}
