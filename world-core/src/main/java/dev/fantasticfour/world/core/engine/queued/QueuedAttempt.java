package dev.fantasticfour.world.core.engine.queued;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.api.workflow.StepContext;
import dev.fantasticfour.world.core.engine.node.Environment;
import dev.fantasticfour.world.core.engine.node.Hints;
import dev.fantasticfour.world.core.engine.node.NodeParts;
import dev.fantasticfour.world.core.engine.node.Registry.StepBinding;
import dev.fantasticfour.world.core.engine.program.Limits;
import dev.fantasticfour.world.core.engine.program.ValueRefused;
import dev.fantasticfour.world.core.engine.step.Attempt;
import dev.fantasticfour.world.core.engine.step.Progress;
import dev.fantasticfour.world.core.engine.step.StartGate;
import dev.fantasticfour.world.core.engine.time.TransientFailure;
import dev.fantasticfour.world.core.engine.turn.StepResult;
import dev.fantasticfour.world.core.observe.Occurrence.AttemptResult;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.StepCustody;
import dev.fantasticfour.world.core.port.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one attempt of a queued step for each message of it. Each start is an attempt of its own
 * and recorded before its body runs, so that an attempt that was lost or is late can be told from
 * the one that counts (authority table, design section 3). While the store is away it waits: that
 * is no failure of the message, and what a body has come to is not run again.
 */
final class QueuedAttempt implements Queue.Handler {

  private static final Logger LOG = LoggerFactory.getLogger(QueuedAttempt.class);
  private static final Duration FOR_LONG = Duration.ofHours(1);

  /** When somebody else has to take a message, or this node later. */
  private static final Queue.Answer LATER = new Queue.Answer.Again(Duration.ofSeconds(1));

  private final NodeParts parts;
  private final Environment environment;
  private final StartGate gate;
  private final Hints hints;
  private final UnknownSteps unknown;
  private final Heartbeats heartbeats;
  private final AttemptFailures failures;
  private final AttemptReports reports;

  QueuedAttempt(NodeParts parts, StartGate gate, Hints hints) {
    this.parts = parts;
    this.environment = parts.environment();
    this.gate = gate;
    this.hints = hints;
    this.heartbeats = new Heartbeats(environment);
    this.reports = new AttemptReports(environment);
    this.failures = new AttemptFailures(environment.ports().codec());
    this.unknown = new UnknownSteps(environment.config().application(), environment.clock());
  }

  @Override
  public Queue.Answer handle(Queue.Delivery delivery) throws InterruptedException {
    if (!gate.awaitOpen()) {
      return LATER;
    }
    try {
      return take(delivery);
    } catch (WorldException e) {
      if (!TransientFailure.mayPass(e)) {
        throw e;
      }
      LOG.debug("message {} is put off: {}", delivery.id(), e.getMessage());
      return LATER;
    }
  }

  private Queue.Answer take(Queue.Delivery delivery) throws InterruptedException {
    String text = delivery.body().text();
    String[] names = text.substring(1, text.length() - 1).split(" ", 2);
    RunId run = new RunId(names[0]);
    StepRecord step = environment.storage().step(run, names[1]).orElse(null);
    if (step == null) {
      return unknown.ofNoRun(delivery, run);
    }
    if (step.status().isFinal()) {
      return Queue.Answer.DONE;
    }
    StepBinding<?, ?> binding = parts.registry().step(step.name()).orElse(null);
    if (binding == null) {
      parts.unregistered().heard(step);
      return LATER;
    }
    Try next = Try.after(step, binding.type().options());
    if (next.isLostForGood()) {
      return settle(step, step.attempt(), failures.lostForGood(step, next));
    }
    int number = next.number();
    long since = environment.machine().nanos();
    Fact started = new Fact.StepStarted(null, number, "queued." + delivery.id());
    return switch (append(step, number, started)) {
      case AppendResult.InLog ok ->
          // Its owner says so too, unless it is of a release that knows no such limit.
          next.isOverdue(environment.now())
              ? settle(step, number, failures.overdue(step, next))
              : attempt(step, binding, next, AttemptReports.origin(delivery, step), since);
      case AppendResult.TooEarly early -> new Queue.Answer.Again(early.after());
      case AppendResult refused -> {
        LOG.debug(
            "attempt {} of step {} of run {} is not taken: {}", number, step.id(), run, refused);
        yield Queue.Answer.DONE;
      }
    };
  }

  private <I, O> Queue.Answer attempt(
      StepRecord step, StepBinding<I, O> binding, Try next, Attempt.Origin origin, long since)
      throws InterruptedException {
    QueuedBody body =
        new QueuedBody(
            parts.bodies(),
            next.attempt(step, progress(step, next.number()), origin),
            c -> call(binding, step, c),
            () -> mayBegin(step, next.number(), since));
    StepResult result;
    heartbeats.add(body);
    try {
      result = body.await(environment.machine().bell());
    } catch (InterruptedException e) {
      heartbeats.keep(body);
      throw e;
    } finally {
      heartbeats.remove(body);
    }
    return switch (result) {
      case null -> notRun(step, next.number(), body);
      case StepResult.Returned returned -> {
        reports.ended(step, next.number(), origin, AttemptResult.COMPLETED);
        yield settle(
            step,
            next.number(),
            new Fact.StepCompleted(null, next.number(), null, returned.result()));
      }
      case StepResult.Failed failed -> {
        heartbeats.keep(body);
        yield failed(step, next, origin, failed);
      }
    };
  }

  private static Queue.Answer notRun(StepRecord step, int number, QueuedBody body) {
    if (body.isUnwanted()) {
      LOG.debug("attempt {} of step {} of run {} counts no more", number, step.id(), step.run());
      return Queue.Answer.DONE;
    }
    LOG.info(
        "attempt {} of step {} of run {} began too late and is left to others",
        number,
        step.id(),
        step.run());
    return new Queue.Answer.Again(Duration.ZERO);
  }

  /** A first attempt has none before it, which the store need not be asked for. */
  private Progress progress(StepRecord step, int number) {
    return new Progress(
        environment.ports().codec(),
        () ->
            number == 1
                ? null
                : environment
                    .storage()
                    .progress(step.run(), step.id())
                    .map(StepCustody.Progress::details)
                    .orElse(null));
  }

  /**
   * Between the beginning of an attempt and that of its body this process may have stood still, for
   * so long that the message went to another one: then the store says whether the attempt still
   * counts.
   */
  private boolean mayBegin(StepRecord step, int number, long since) throws InterruptedException {
    return gate.awaitOpen() && (isFresh(since) || isCurrent(step, number));
  }

  private boolean isFresh(long since) {
    return environment.machine().nanos() - since
        < environment.config().lease().dividedBy(2).toNanos();
  }

  private boolean isCurrent(StepRecord step, int number) {
    StepRecord now = environment.storage().step(step.run(), step.id()).orElse(null);
    return now != null && !now.status().isFinal() && now.attempt() == number;
  }

  private Queue.Answer failed(
      StepRecord step, Try next, Attempt.Origin origin, StepResult.Failed failed)
      throws InterruptedException {
    int number = next.number();
    StepResult.RetryDecision decision =
        StepResult.judge(
            failed,
            next.options(),
            next.standing(failed, environment.now()),
            environment.machine().chance().jitter());
    parts.attemptLog().failed(step.run(), step.name(), number, failed, decision);
    reports.ended(step, number, origin, StepResult.attemptResult(failed, decision));
    if (failed instanceof StepResult.Lost && decision instanceof StepResult.RetryDecision.Retry) {
      // Whoever begins the next attempt says thereby that this one was lost.
      return new Queue.Answer.Again(Duration.ZERO);
    }
    return switch (decision) {
      case StepResult.RetryDecision.Fail fail ->
          settle(step, number, failures.of(number, failed.thrown(), fail.reason()));
      case StepResult.RetryDecision.Retry retry -> {
        Payload error = environment.ports().codec().encodeFailure(failed.thrown());
        Instant now = environment.now();
        Instant retryAt = Limits.after(now, retry.after());
        AppendResult answer =
            append(step, number, new Fact.StepRetrying(null, number, error, retryAt));
        yield answer instanceof AppendResult.Appended || answer instanceof AppendResult.Repeated
            ? new Queue.Answer.Again(Duration.between(now, retryAt))
            : Queue.Answer.DONE;
      }
    };
  }

  private Queue.Answer settle(StepRecord step, int number, Fact outcome)
      throws InterruptedException {
    switch (append(step, number, outcome)) {
      case AppendResult.Appended r -> hints.tell(r.run(), r.events(), r.owner(), r.taskQueue());
      case AppendResult.Repeated r -> hints.tell(r.run(), r.events(), r.owner(), r.taskQueue());
      case AppendResult refused ->
          LOG.debug("attempt {} of step {} no longer counts: {}", number, step.id(), refused);
    }
    return Queue.Answer.DONE;
  }

  @SuppressWarnings("NullAway") // null input where the step was called with null
  private <I, O> @Nullable Payload call(
      StepBinding<I, O> binding, StepRecord step, StepContext context) throws Exception {
    I input =
        ValueRefused.coded(
            () -> environment.ports().codec().decode(step.input(), binding.type().input()));
    O output = binding.body().run(context, input);
    return ValueRefused.coded(
        () -> environment.ports().codec().encode(output, binding.type().output()));
  }

  /** Waits for the answer, however long the store takes. */
  private AppendResult append(StepRecord step, int number, Fact fact) throws InterruptedException {
    Batch batch =
        new Batch(
            environment.ports().ids().batch(),
            new Target.OfRun(step.run()),
            new Authority.AttemptHolder(step.id(), number),
            null,
            List.of(new Draft(step.id(), environment.now(), fact)));
    CompletableFuture<AppendResult> answer = environment.ports().appender().append(batch);
    try {
      boolean isAnswered = false;
      while (!isAnswered) {
        isAnswered = environment.machine().await(answer, FOR_LONG);
      }
      return answer.join();
    } catch (InterruptedException e) {
      boolean unused = answer.cancel(false);
      throw e;
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    }
  }
}
