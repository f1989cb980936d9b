package dev.fantasticfour.world.test.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.all;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.AbstractClassesTransformer;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;

/**
 * Rules about the classes of workflows, each one line in a test:
 *
 * <pre>{@code
 * @ArchTest
 * static final ArchRule WORKFLOWS = WorkflowRules.workflowsAreDeterministic();
 * }</pre>
 *
 * or, without the extension of ArchUnit,
 *
 * <pre>{@code
 * WorkflowRules.check("com.acme.orders");
 * }</pre>
 *
 * <p>Looked at is what surely runs as code of a workflow: methods and lambdas that are given a
 * {@link dev.fantasticfour.world.api.workflow.WorkflowContext}, or something that a context has
 * given, and whatever of the application these call. Bodies of steps may do anything, and so may
 * what only they call. What cannot be told is not reported: a class that passes is not proven to be
 * right, and what is recorded still decides when a run is replayed.
 */
public final class WorkflowRules {

  private WorkflowRules() {}

  /**
   * The rule that code of workflows takes no time, no chance and no settings of the machine, starts
   * no threads, waits for no locks, reaches nothing outside, and shares no static state that
   * changes. It fails as well where there is no code of workflows: then the wrong classes are
   * looked at, unless {@link ArchRule#allowEmptyShould} says otherwise.
   */
  public static ArchRule workflowsAreDeterministic() {
    return all(new CodeOfWorkflows())
        .should(new DoTheSameInEveryReplay())
        .because("it is run again from the top, and has to ask for the same things then");
  }

  /**
   * What code of workflows does that may be right or wrong, which only its author can tell: it goes
   * through collections without an order and calls the context, changes fields of the workflow,
   * prints, asks for the default zone or locale.
   */
  public static List<Finding> warnings(JavaClasses classes) {
    return Examination.of(classes).warnings();
  }

  /**
   * Checks the classes of these packages and those below, tests left out, and logs the warnings.
   *
   * @throws AssertionError with a line for each violation
   */
  public static void check(String... packages) {
    check(
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(packages));
  }

  /**
   * Checks these classes and logs the warnings.
   *
   * @throws AssertionError with a line for each violation
   */
  public static void check(JavaClasses classes) {
    System.Logger logger = System.getLogger(WorkflowRules.class.getName());
    warnings(classes)
        .forEach(warning -> logger.log(System.Logger.Level.WARNING, warning.toString()));
    workflowsAreDeterministic().check(classes);
  }

  /** A method of a workflow, and who knows what is wrong with it. */
  private record Examined(WorkflowMethod method, Examination examination) {

    @Override
    public String toString() {
      return method.toString();
    }
  }

  private static final class CodeOfWorkflows extends AbstractClassesTransformer<Examined> {

    private CodeOfWorkflows() {
      super("code of workflows");
    }

    @Override
    public Iterable<Examined> doTransform(JavaClasses classes) {
      Examination examination = Examination.of(classes);
      return examination.methods().stream()
          .map(method -> new Examined(method, examination))
          .toList();
    }
  }

  private static final class DoTheSameInEveryReplay extends ArchCondition<Examined> {

    private DoTheSameInEveryReplay() {
      super("do the same in every replay");
    }

    @Override
    public void check(Examined examined, ConditionEvents events) {
      examined
          .examination()
          .findings(examined.method())
          .forEach(
              finding -> events.add(SimpleConditionEvent.violated(examined, finding.toString())));
    }
  }
}
