package dev.fantasticfour.world.core.engine.run;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.StepFailedException;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.workflow.Branch;
import dev.fantasticfour.world.api.workflow.BranchBody;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.Scope;
import dev.fantasticfour.world.api.workflow.StepBody;
import dev.fantasticfour.world.api.workflow.StepFunction;
import dev.fantasticfour.world.api.workflow.StepOptions;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.ValueType;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.core.engine.replay.Divergence;
import dev.fantasticfour.world.core.engine.replay.EntityKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a branch may do: turns each call of the author into a request of the program, and waits for
 * what comes of it.
 */
final class BranchContext implements WorkflowContext {

  private final Program program;
  private @Nullable BranchState branch;
  private @Nullable RandomGenerator random;
  private @Nullable RandomGenerator uuids;

  BranchContext(Program program) {
    this.program = program;
  }

  void bind(BranchState state) {
    branch = state;
  }

  Program program() {
    return program;
  }

  BranchState branch() {
    BranchState bound = branch;
    if (bound == null) {
      throw new IllegalStateException("a branch goes on only after it was bound to its context");
    }
    return bound;
  }

  /** Every call of the author comes through here. */
  void enter() {
    program.callers().enter(branch());
  }

  /** Calls that may wait come through here: they meet a cancellation that found nobody waiting. */
  void enterWaiting() {
    enter();
    branch().throwIfCancelled();
  }

  /**
   * Whether closing something still has an effect; never throws, for the sake of
   * try-with-resources.
   */
  boolean mayClose() {
    return branch().isCurrent() && program.callers().mayUse(branch());
  }

  @Override
  public String runId() {
    return program.run().value();
  }

  @Override
  @SuppressWarnings("NullAway") // a step may return null, and then its caller gets null
  public <R> R step(
      String name, ValueType<R> result, UnaryOperator<StepOptions> options, StepBody<R> body) {
    enterWaiting();
    Limits.requireStepName(name);
    StepOptions chosen = options.apply(StepOptions.DEFAULT);
    if (chosen.placement() != StepOptions.Placement.INLINE) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          "step '"
              + name
              + "' is a lambda and can only run inline; register a body for a StepType to queue"
              + " it");
    }
    Ledger.Asked asked = program.ask(EntityKind.STEP, branch(), name);
    return runInline(asked, chosen, new InlineBody<>(program, name, result, body));
  }

  @Override
  public <I, R> R step(StepType<I, R> type, I input) {
    enterWaiting();
    boolean queues = type.options().placement() == StepOptions.Placement.QUEUED;
    Payload payload = queues ? encodeInput(type, input) : null;
    StepFunction<I, R> here = queues ? null : program.bodyOf(type);
    Ledger.Asked asked = program.ask(EntityKind.STEP, branch(), type.name());
    if (asked.isQueued(queues)) {
      return runQueued(asked, type, payload);
    }
    // What was begun inline has no argument in the log that somebody else could run it with.
    StepFunction<I, R> body = here == null ? program.bodyOf(type) : here;
    Argument<I> argument = Argument.of(program, type, input, asked);
    return runInline(
        asked,
        type.options(),
        new InlineBody<>(program, type.name(), type.output(), c -> body.run(c, argument.copy())));
  }

  private <R> R runInline(Ledger.Asked asked, StepOptions options, InlineBody<R> body) {
    StepEntry step = program.steps().request(asked, options, body, null);
    return body.resultIn(branch().await(step.result));
  }

  private <R> R runQueued(Ledger.Asked asked, StepType<?, R> type, @Nullable Payload input) {
    StepEntry step = program.steps().request(asked, type.options(), null, input);
    Payload payload = branch().await(step.result);
    return program.decode("result of step '" + type.name() + "'", payload, type.output());
  }

  private <I> @Nullable Payload encodeInput(StepType<I, ?> type, I input) {
    try {
      return program.encode(input, type.input());
    } catch (WorldException e) {
      throw new StepFailedException(
          type.name(), StepFailedException.Reason.SERIALIZATION, 0, program.failureOf(e));
    }
  }

  @Override
  public void sleep(Duration duration) {
    enterWaiting();
    sleepTo(program.ledger().later(duration.isNegative() ? Duration.ZERO : duration));
  }

  @Override
  public void sleepUntil(Instant time) {
    enterWaiting();
    sleepTo(Limits.time(time));
  }

  private void sleepTo(Instant time) {
    Ledger.Asked asked = program.ask(EntityKind.WAIT, branch(), "sleep");
    Waiting<Boolean> due = Waiting.givenUpBy(cause -> program.waits().giveUp(asked.id()));
    program.waits().request(asked, time, due);
    branch().await(due);
  }

  @Override
  public <P> Hook<P> hook(HookType<P> type, String token) {
    enterWaiting();
    Limits.requireToken(token);
    return open(type, token);
  }

  @Override
  public <P> Hook<P> hook(HookType<P> type) {
    enterWaiting();
    return open(type, null);
  }

  private <P> Hook<P> open(HookType<P> type, @Nullable String wanted) {
    Ledger.Asked asked = program.ask(EntityKind.HOOK, branch(), type.name());
    String recorded = asked.recorded() == null ? null : asked.recorded().token();
    if (recorded != null && wanted != null && !recorded.equals(wanted)) {
      throw program.diverge(Divergence.otherToken(asked.site(), recorded, wanted));
    }
    String token = recorded != null ? recorded : wanted != null ? wanted : program.secretToken();
    Mailbox<P> mailbox = new Mailbox<>(program, branch(), type, asked.id(), token);
    program.hooks().add(mailbox);
    branch().hooks().add(mailbox);
    if (asked.isNew()) {
      program.ledger().write(asked.id(), new Fact.HookCreated(asked.site(), token, null, null));
    }
    branch().await(mailbox.registered());
    return mailbox;
  }

  @Override
  public Scope scope() {
    enter();
    return openScope();
  }

  private BranchScope openScope() {
    BranchScope scope = new BranchScope(this);
    branch().scopes().add(scope);
    return scope;
  }

  @Override
  public <T> List<T> all(List<? extends BranchBody<? extends T>> bodies) {
    enterWaiting();
    try (BranchScope scope = openScope()) {
      List<Branch<? extends T>> branches = new ArrayList<>();
      for (BranchBody<? extends T> body : bodies) {
        branches.add(scope.fork(body));
      }
      scope.join();
      List<T> results = new ArrayList<>();
      branches.forEach(b -> results.add(b.join()));
      return results;
    }
  }

  @Override
  public <T> T any(List<? extends BranchBody<? extends T>> bodies) {
    enterWaiting();
    if (bodies.isEmpty()) {
      throw new WorldException(ErrorCode.INVALID_ARGUMENT, "any() needs at least one branch");
    }
    try (BranchScope scope = openScope()) {
      for (BranchBody<? extends T> body : bodies) {
        scope.fork(body);
      }
      return scope.joinFirst();
    }
  }

  @Override
  public Instant now() {
    enter();
    return program.ledger().now();
  }

  @Override
  public RandomGenerator random() {
    enter();
    if (random == null) {
      SplittableRandom numbers =
          new SplittableRandom(program.ledger().seed(branch().path(), "random"));
      // Drawn elsewhere, a number would be missing here, or not, as time would have it.
      random =
          () -> {
            enter();
            return numbers.nextLong();
          };
    }
    return random;
  }

  @Override
  public UUID uuid() {
    enter();
    if (uuids == null) {
      uuids = new SplittableRandom(program.ledger().seed(branch().path(), "uuid"));
    }
    long high = uuids.nextLong() & 0xffff_ffff_ffff_0fffL | 0x4000L;
    long low = uuids.nextLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  @Override
  public System.Logger logger() {
    enter();
    return program.logger();
  }
}
