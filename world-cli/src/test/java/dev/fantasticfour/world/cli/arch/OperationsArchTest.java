package dev.fantasticfour.world.cli.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.core.operate.Action;
import java.util.Arrays;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The facade of operators stays a thin layer, and has no action that nobody does. */
class OperationsArchTest {

  @Test
  void everyActionIsDoneSomewhere() {
    TreeSet<String> used = new TreeSet<>();
    House.classes().get(Action.class).getFieldAccessesToSelf().stream()
        // Those of its own static initializer, which makes them, do not count.
        .filter(access -> !access.getOrigin().getName().equals("<clinit>"))
        .filter(access -> !access.getOrigin().getName().equals("$values"))
        .forEach(access -> used.add(access.getTarget().getName()));
    assertThat(used).containsAll(Arrays.stream(Action.values()).map(Action::name).toList());
  }

  @Test
  void operatorsSeeApiAndPortsOnly() {
    classes()
        .that()
        .resideInAPackage(House.OPERATE)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            House.OPERATE, House.PORT, House.API, "java..", "org.slf4j..", "org.jspecify..")
        .check(House.classes());
  }
}
