package dev.fantasticfour.world.cli.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** How classes look. */
final class StyleArchTest {

  @Test
  void runsAndEventsAreValues() {
    classes()
        .that()
        .resideInAnyPackage(House.W + ".api.run", House.W + ".api.event")
        .and()
        .doNotHaveSimpleName("package-info")
        .should(beRecordsEnumsSealedOrFinal())
        .check(House.classes());
  }

  private static ArchCondition<JavaClass> beRecordsEnumsSealedOrFinal() {
    return new ArchCondition<>("be records, enums, sealed or final classes") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean closed =
            type.isRecord()
                || type.isEnum()
                || type.getModifiers().contains(JavaModifier.FINAL)
                || type.reflect().isSealed();
        events.add(new SimpleConditionEvent(type, closed, type.getName() + " is open"));
      }
    };
  }

  /** What starts servers and what draws on a terminal runs on platform threads. */
  @Test
  void noMethodThatAVirtualThreadMayCallIsSynchronized() {
    methods()
        .that()
        .areDeclaredInClassesThat()
        .resideOutsideOfPackages(House.EMBEDDED, House.CLI)
        .should()
        .notHaveModifier(JavaModifier.SYNCHRONIZED)
        .because("before JDK 24 it pins the carrier of a virtual thread; use a lock")
        .check(House.classes());
  }

  @Test
  void everyPackageIsNullMarked() {
    Set<String> packages =
        House.classes().stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
    assertThat(packages).hasSizeGreaterThan(20).allMatch(StyleArchTest::isNullMarked);
  }

  private static boolean isNullMarked(String name) {
    String info = name + ".package-info";
    return House.classes().contain(info)
        && House.classes().get(info).isAnnotatedWith(NullMarked.class);
  }

  /** Both kits lie between any port and its user, and may. */
  @Test
  void nothingIsProxiedWovenOrSerializedByJava() {
    noClasses()
        .that()
        .resideOutsideOfPackages(House.TCK, House.TEST)
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.lang\\.reflect\\.(Proxy|InvocationHandler)"
                + "|java\\.io\\.Object(In|Out)putStream"
                + "|java\\.lang\\.instrument\\..*")
        .because("law L10: no magic")
        .check(House.classes());
  }

  @Test
  void noNameSaysNothing() {
    noClasses()
        .should()
        .haveNameMatching(".*(Util|Utils|Impl|Manager|Helper)")
        .check(House.classes());
  }
}
