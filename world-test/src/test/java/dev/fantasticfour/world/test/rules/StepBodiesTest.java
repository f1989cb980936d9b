package dev.fantasticfour.world.test.rules;

import static dev.fantasticfour.world.api.workflow.AtOnce.atOnce;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.workflow.BranchBody;
import dev.fantasticfour.world.api.workflow.Saga;
import dev.fantasticfour.world.api.workflow.Scope;
import dev.fantasticfour.world.api.workflow.StepBody;
import dev.fantasticfour.world.api.workflow.StepContext;
import dev.fantasticfour.world.api.workflow.StepFunction;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Bodies of steps may do anything, however they are written; the code around them may not. */
@SuppressWarnings("unused")
final class StepBodiesTest {

  @Test
  void bodiesThatStandInAWorkflowMayDoAnything() {
    assertThat(Looking.violationsIn(Inline.class, Inline.Anonymous.class)).isEmpty();
  }

  /** All ways to write a step in place. */
  static final class Inline implements Workflow<String, String> {

    private static int calls;

    @Override
    public String run(WorkflowContext ctx, String input) throws Exception {
      String lambda = ctx.step("a", String.class, step -> input + UUID.randomUUID());
      String block =
          ctx.step(
              "b",
              String.class,
              o -> o.attempts(2),
              step -> {
                Thread.sleep(1);
                calls++;
                return List.of(1).stream().map(one -> one + " " + now()).toList()
                    + System.getenv("B");
              });
      String reference = ctx.step("c", String.class, this::charge);
      StepBody<Instant> held = step -> Instant.now();
      Instant later = ctx.step("d", Instant.class, held);
      String nested =
          ctx.all(List.<BranchBody<String>>of(b -> b.step("e", String.class, step -> "" + now())))
              .getFirst();
      List<Long> mapped =
          ctx.map(
              List.of(1),
              atOnce(1),
              (branch, item) -> branch.step("f", Long.class, step -> System.nanoTime()));
      try (Saga saga = ctx.saga();
          Scope scope = ctx.scope()) {
        saga.step(
            "g",
            String.class,
            step -> "" + Math.random(),
            (c, done) -> c.step("h", String.class, step -> "" + new Date()));
        scope.fork(branch -> branch.step("i", String.class, step -> "" + Math.random())).join();
        saga.commit();
      }
      return lambda
          + block
          + reference
          + later
          + nested
          + mapped
          + ctx.step("j", String.class, of());
    }

    private static StepBody<String> of() {
      return new Anonymous();
    }

    private String charge(StepContext step) {
      return step.idempotencyKey() + now();
    }

    private static Instant now() {
      return Instant.now();
    }

    static final class Anonymous implements StepBody<String> {
      @Override
      public String run(StepContext step) {
        return "" + Math.random() + now();
      }
    }
  }

  @Test
  void registeredBodiesMayDoAnything() {
    assertThat(Looking.violationsIn(Charge.class)).isEmpty();
  }

  static final class Charge implements StepFunction<String, String> {
    @Override
    public String run(StepContext step, String input) throws Exception {
      Thread.sleep(3);
      return input + Instant.now();
    }
  }

  @Test
  void classesThatNoWorkflowCallsMayDoAnything() {
    assertThat(Looking.violationsIn(Unrelated.class, UsesItInAStep.class)).isEmpty();
  }

  static final class Unrelated {
    private static int count;

    static synchronized String next() {
      count++;
      return "" + Instant.now();
    }
  }

  static final class UsesItInAStep implements Workflow<String, String> {
    @Override
    public String run(WorkflowContext ctx, String input) {
      return ctx.step("next", String.class, step -> Unrelated.next());
    }
  }

  @Test
  void aFunctionThatOnlyABodyCallsMayDoAnything() {
    assertThat(Looking.violationsIn(HandsOn.class)).isEmpty();
  }

  static final class HandsOn implements Workflow<String, String> {
    @Override
    public String run(WorkflowContext ctx, String input) {
      Supplier<Instant> clock = Instant::now;
      Supplier<String> id = () -> "" + UUID.randomUUID();
      UnaryOperator<String> stamp = text -> text + Instant.now();
      Function<String, String> twice = stamp.andThen(text -> text + Math.random());
      String stamped = ctx.step("stamp", String.class, step -> twice.apply(input));
      return stamped + ctx.step("now", Instant.class, step -> clock.get()) + once(ctx, id);
    }

    private static String once(WorkflowContext ctx, Supplier<String> body) {
      return ctx.step("once", String.class, step -> body.get());
    }
  }

  @Test
  void whatTheConstructorOfAWorkflowDoesIsNotPartOfARun() {
    assertThat(Looking.violationsIn(Prepared.class)).isEmpty();
  }

  static final class Prepared implements Workflow<String, String> {
    private static final Instant LOADED = Instant.now();
    private final String home = System.getenv("HOME");

    @Override
    public String run(WorkflowContext ctx, String input) {
      return input + home + LOADED;
    }
  }

  @Test
  void theCodeAroundABodyIsCodeOfTheWorkflow() {
    assertThat(Looking.violationsIn(Around.class))
        .containsExactly(
            Looking.placeOf(Around.class, "run", "randomUUID")
                + ": UUID.randomUUID() is another in every replay; use ctx.uuid()");
  }

  static final class Around implements Workflow<String, String> {
    @Override
    public String run(WorkflowContext ctx, String input) {
      UUID id = UUID.randomUUID();
      return ctx.step("use", String.class, step -> id + " at " + Instant.now());
    }
  }
}
