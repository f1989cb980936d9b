package dev.fantasticfour.world.test.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.workflow.BranchBody;
import dev.fantasticfour.world.api.workflow.Saga;
import dev.fantasticfour.world.api.workflow.StepBody;
import dev.fantasticfour.world.api.workflow.StepContext;
import dev.fantasticfour.world.api.workflow.StepFunction;
import dev.fantasticfour.world.api.workflow.UpdateType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What runs as code of a workflow is found, wherever it is written. */
@SuppressWarnings("unused")
final class CodeOfWorkflowsTest {

  private static final String TAKES_TIME =
      ": Instant.now() takes the time of the machine; use ctx.now()";

  @Test
  void aLambdaIsAWorkflow() {
    assertThat(Looking.violationsIn(Lambdas.class))
        .containsExactly(Looking.placeOf(Lambdas.class, "workflow", "now") + TAKES_TIME);
  }

  static final class Lambdas {
    static Workflow<String, Instant> workflow() {
      Workflow<String, Instant> workflow = (ctx, input) -> Instant.now();
      return workflow;
    }

    static StepFunction<String, Instant> step() {
      return (step, input) -> Instant.now();
    }
  }

  @Test
  void aMethodThatIsReferredToIsAWorkflow() {
    assertThat(Looking.violationsIn(Referred.class))
        .containsExactly(Looking.placeOf(Referred.class, "order", "now") + TAKES_TIME);
  }

  static final class Referred {
    static Workflow<String, Instant> workflow() {
      return Referred::order;
    }

    static Instant order(WorkflowContext ctx, String input) {
      return Instant.now();
    }
  }

  @Test
  void aFunctionOfAnyKindThatTakesTheContextIsCodeOfAWorkflow() {
    assertThat(Looking.violationsIn(AnyKind.class)).hasSize(1);
  }

  static final class AnyKind {
    private final BiFunction<WorkflowContext, String, Instant> part = (ctx, in) -> Instant.now();
  }

  @Test
  void bodiesOfBranchesAreCodeOfTheWorkflow() {
    assertThat(Looking.violationsIn(Branches.class))
        .containsExactly(Looking.placeOf(Branches.class, "run", "now") + TAKES_TIME);
  }

  static final class Branches implements Workflow<String, List<Instant>> {
    @Override
    public List<Instant> run(WorkflowContext ctx, String input) {
      return ctx.all(List.<BranchBody<Instant>>of(branch -> Instant.now()));
    }
  }

  @Test
  void handlersAndCompensationsAreCodeOfTheWorkflowAndValidatorsAreLeftAlone() {
    assertThat(Looking.wrongIn(Handling.class))
        .containsExactlyInAnyOrder("Math.random()", "System.nanoTime()", "Instant.now()");
  }

  static final class Handling implements Workflow<String, String> {
    private static final UpdateType<String, String> ASK =
        UpdateType.of("ask", String.class, String.class);

    @Override
    public String run(WorkflowContext ctx, String input) {
      ctx.onUpdate(
          ASK,
          request -> Objects.requireNonNull(System.getenv(request)),
          (branch, request) -> request + Math.random());
      try (Saga saga = ctx.saga()) {
        saga.step("a", String.class, step -> input, (c, done) -> c.sleepUntil(Instant.now()));
        saga.onUndo("b", c -> c.sleep(Duration.ofNanos(System.nanoTime())));
      }
      return input;
    }
  }

  @Test
  void optionsAreMadeByTheWorkflow() {
    assertThat(Looking.wrongIn(Choosing.class)).containsExactly("Math.random()");
  }

  static final class Choosing implements Workflow<String, String> {
    @Override
    public String run(WorkflowContext ctx, String input) {
      return ctx.step(
          "a", String.class, o -> o.attempts(Math.random() > 0.5 ? 1 : 2), step -> input);
    }
  }

  @Test
  void anonymousClassesAreToldApartAsLambdasAre() throws ClassNotFoundException {
    Workflow<String, String> workflow =
        new Workflow<>() {
          @Override
          public String run(WorkflowContext ctx, String input) {
            StepBody<String> body =
                new StepBody<>() {
                  @Override
                  public String run(StepContext step) {
                    return "" + Math.random();
                  }
                };
            return ctx.step("a", String.class, body) + System.nanoTime();
          }
        };
    Class<?> step = Class.forName(workflow.getClass().getName() + "$1");
    assertThat(StepBody.class).isAssignableFrom(step);
    assertThat(Looking.wrongIn(workflow.getClass(), step)).containsExactly("System.nanoTime()");
  }

  @Test
  void otherClassesThatTakeTheContextAreCodeOfAWorkflow() {
    assertThat(Looking.violationsIn(Helping.class))
        .containsExactly(Looking.placeOf(Helping.class, "wait", "now") + TAKES_TIME);
  }

  static final class Helping {
    static void wait(WorkflowContext ctx) {
      ctx.sleepUntil(Instant.now().plusSeconds(3));
    }
  }

  @Test
  void whatAWorkflowCallsIsFoundWithItsCaller() {
    assertThat(Looking.violationsIn(Calling.class, Account.class))
        .containsExactlyInAnyOrder(
            Looking.placeOf(Calling.class, "own", "now") + ", called by Calling.run" + TAKES_TIME,
            Looking.placeOf(Account.class, "due", "now") + ", called by Calling.run" + TAKES_TIME);
  }

  static final class Calling implements Workflow<String, String> {
    @Override
    public String run(WorkflowContext ctx, String input) {
      return own() + " " + new Account().due();
    }

    private Instant own() {
      return Instant.now();
    }
  }

  static class Account {
    Instant due() {
      return Instant.now();
    }
  }

  @Test
  void whatMayBeAnotherMethodIsNotFound() {
    assertThat(Looking.violationsIn(Asking.class, Account.class, Prepaid.class, Bank.class))
        .isEmpty();
  }

  static final class Asking implements Workflow<String, String> {
    private final Account account = new Prepaid();
    private final Supplier<Instant> bank = new Bank();

    @Override
    public String run(WorkflowContext ctx, String input) {
      return account.due() + "" + bank.get();
    }
  }

  static final class Prepaid extends Account {
    @Override
    Instant due() {
      return Instant.EPOCH;
    }
  }

  static final class Bank implements Supplier<Instant> {
    @Override
    public Instant get() {
      return Instant.now();
    }
  }

  @Test
  void functionsThatRunInTheWorkflowAreFound() {
    assertThat(Looking.wrongIn(Streaming.class))
        .containsExactly(
            "Instant.now()", "Math.random()", "System.nanoTime()", "System.currentTimeMillis()");
  }

  static final class Streaming implements Workflow<List<String>, String> {
    @Override
    public String run(WorkflowContext ctx, List<String> input) {
      Supplier<Instant> clock = Instant::now;
      List<String> texts = input.stream().map(text -> text + Math.random()).toList();
      return clock.get() + "" + texts + twice(() -> System.nanoTime()) + supplied();
    }

    private static String twice(Supplier<Long> number) {
      return "" + number.get() + number.get();
    }

    private static long supplied() {
      return Optional.<Long>empty().orElseGet(System::currentTimeMillis);
    }
  }
}
