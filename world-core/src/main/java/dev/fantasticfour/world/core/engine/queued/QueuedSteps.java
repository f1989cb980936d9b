package dev.fantasticfour.world.core.engine.queued;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.core.engine.client.WakeUps;
import dev.fantasticfour.world.core.engine.node.Messages;
import dev.fantasticfour.world.core.engine.node.Node;
import dev.fantasticfour.world.core.engine.node.Registry.StepBinding;
import dev.fantasticfour.world.core.engine.run.Limits;
import dev.fantasticfour.world.core.engine.run.StepResult;
import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.LoopGuard;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the messages of queued steps, at most {@code queueConcurrency} at once, on any node that
 * has their bodies. Each start is an attempt of its own and recorded before its body runs, so that
 * an attempt that was lost or is late can be told from the one that counts (authority table, design
 * section 3).
 */
public final class QueuedSteps implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(QueuedSteps.class);
  private static final Duration APPEND_PATIENCE = Duration.ofSeconds(30);
  private static final Duration UNKNOWN_HERE = Duration.ofSeconds(1);

  private final Node node;
  private final WakeUps wakeUps;
  private final UnknownSteps unknown;
  private final QueuedBodies bodies;
  private final LoopGuard guard =
      new LoopGuard(LOG, "taking queued steps", "this node takes none until it works");
  private final Bell ended;
  private final ReentrantLock lock = new ReentrantLock();
  private Queue.@Nullable Subscription subscription;
  private final AtomicBoolean opened = new AtomicBoolean();
  private boolean closed;

  public QueuedSteps(Node node, WakeUps wakeUps) {
    this.node = node;
    this.wakeUps = wakeUps;
    this.bodies = new QueuedBodies(node);
    this.unknown = new UnknownSteps(node.config().application(), node.clock());
    this.ended = node.machine().bell();
  }

  /**
   * Begins to take messages, if this node has bodies for any, as soon as the queue lets it: on a
   * thread of its own, which goes on trying while the queue is away. Idempotent.
   */
  public void open() {
    if (node.registry().hasSteps() && !opened.getAndSet(true)) {
      var unused = node.machine().start("queued steps", this::subscribe);
    }
  }

  private void subscribe() {
    String queue = Messages.stepQueue(node.config().application());
    guard.rounds(
        ended,
        this::isSubscribed,
        () -> keep(node.queue().subscribe(queue, node.config().queueConcurrency(), this::handle)));
  }

  private boolean isSubscribed() {
    lock.lock();
    try {
      return closed || subscription != null;
    } finally {
      lock.unlock();
    }
  }

  private void keep(Queue.Subscription opened) {
    lock.lock();
    try {
      subscription = opened;
      if (!closed) {
        return;
      }
    } finally {
      lock.unlock();
    }
    opened.close(Duration.ZERO);
  }

  /** Takes no more; waits that long for bodies. */
  public void close(Duration patience) {
    Queue.Subscription current;
    lock.lock();
    try {
      closed = true;
      current = subscription;
    } finally {
      lock.unlock();
    }
    ended.ring();
    if (current != null) {
      current.close(patience);
    }
  }

  @Override
  public void close() {
    close(Duration.ZERO);
  }

  private Queue.Answer handle(Queue.Delivery delivery) throws InterruptedException {
    String text = delivery.body().text();
    String[] names = text.substring(1, text.length() - 1).split(" ", 2);
    RunId run = new RunId(names[0]);
    StepRecord step = node.storage().step(run, names[1]).orElse(null);
    if (step == null) {
      return unknown.ofNoRun(delivery, run);
    }
    if (step.status().isFinal()) {
      return Queue.Answer.DONE;
    }
    StepBinding<?, ?> binding = node.registry().step(step.name()).orElse(null);
    if (binding == null) {
      node.unregistered().heard(step);
      return new Queue.Answer.Again(UNKNOWN_HERE);
    }
    int attempt = step.attempt() + 1;
    Fact started = new Fact.StepStarted(null, attempt, "queued." + delivery.id());
    long since = node.machine().nanos();
    return switch (append(run, step.id(), attempt, started)) {
      case AppendResult.Appended ok -> attempt(step, binding, attempt, since);
      case AppendResult.Repeated ok -> attempt(step, binding, attempt, since);
      case AppendResult.TooEarly early -> new Queue.Answer.Again(early.after());
      case AppendResult refused -> {
        LOG.debug(
            "attempt {} of step {} of run {} is not taken: {}", attempt, step.id(), run, refused);
        yield Queue.Answer.DONE;
      }
    };
  }

  private <I, O> Queue.Answer attempt(
      StepRecord step, StepBinding<I, O> binding, int attempt, long since)
      throws InterruptedException {
    StepResult result = bodies.run(step, binding, attempt, since);
    return switch (result) {
      case null -> {
        LOG.info(
            "attempt {} of step {} of run {} is not wanted any more, or began too late",
            attempt,
            step.id(),
            step.run());
        yield new Queue.Answer.Again(Duration.ZERO);
      }
      case StepResult.Returned returned ->
          settle(step, attempt, new Fact.StepCompleted(null, attempt, null, returned.result()));
      case StepResult.Failed failed -> failed(step, binding, attempt, failed);
    };
  }

  private Queue.Answer failed(
      StepRecord step, StepBinding<?, ?> binding, int attempt, StepResult.Failed failed) {
    Payload error = node.codec().encodeFailure(failed.thrown());
    StepResult.Verdict verdict =
        StepResult.judge(failed, binding.type().options().retry(), attempt, node.chance().jitter());
    node.attemptLog().failed(step.run(), step.name(), attempt, failed, verdict);
    return switch (verdict) {
      case StepResult.Verdict.Fail fail ->
          settle(
              step, attempt, new Fact.StepFailed(null, attempt, null, error, fail.reason().name()));
      case StepResult.Verdict.Retry retry -> {
        Instant now = node.clock().instant();
        Instant retryAt = Limits.after(now, retry.after());
        AppendResult answer =
            append(
                step.run(),
                step.id(),
                attempt,
                new Fact.StepRetrying(null, attempt, error, retryAt));
        yield answer instanceof AppendResult.Appended
            ? new Queue.Answer.Again(Duration.between(now, retryAt))
            : Queue.Answer.DONE;
      }
    };
  }

  private Queue.Answer settle(StepRecord step, int attempt, Fact outcome) {
    AppendResult answer = append(step.run(), step.id(), attempt, outcome);
    if (answer instanceof AppendResult.Appended appended) {
      wakeUps.tell(appended.run(), appended.events(), appended.owner(), appended.taskQueue());
    } else {
      LOG.debug("attempt {} of step {} no longer counts: {}", attempt, step.id(), answer);
    }
    return Queue.Answer.DONE;
  }

  private AppendResult append(RunId run, String stepId, int attempt, Fact fact) {
    Batch batch =
        new Batch(
            node.ids().batch(),
            new Target.OfRun(run),
            new Authority.AttemptHolder(stepId, attempt),
            null,
            List.of(new Draft(stepId, node.clock().instant(), fact)));
    try {
      return node.appends().appendNow(batch, APPEND_PATIENCE);
    } catch (WorldException e) {
      if (e.code() == ErrorCode.UNAVAILABLE) {
        LOG.info(
            "attempt {} of step {} could not be recorded: {}", attempt, stepId, e.getMessage());
      }
      throw e;
    }
  }
}
