package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.engine.codec.Failures;
import dev.fantasticfour.world.core.engine.program.OpenHooks;
import dev.fantasticfour.world.core.engine.program.Standstill;
import dev.fantasticfour.world.core.engine.program.StepEntry;
import dev.fantasticfour.world.core.engine.run.RunExecution;
import dev.fantasticfour.world.core.engine.turn.BodyHandle;
import dev.fantasticfour.world.core.engine.turn.Effects;
import dev.fantasticfour.world.core.engine.turn.StepResult;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.RunEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the execution of one run does: connects it with its node and the ports. */
final class RunEffects implements Effects {

  private static final Logger LOG = LoggerFactory.getLogger(RunEffects.class);

  /** A run that waits no longer than that is back before it were gone. */
  private static final Duration BRIEF = Duration.ofMillis(250);

  private final Node node;
  private final Incarnation incarnation;
  private final RunExecution execution;

  RunEffects(Node node, Incarnation incarnation, RunExecution execution) {
    this.node = node;
    this.incarnation = incarnation;
    this.execution = execution;
  }

  @Override
  public WorkerId worker() {
    return incarnation.worker();
  }

  @Override
  public Instant now() {
    return node.clock().instant();
  }

  @Override
  public double random() {
    return node.chance().jitter();
  }

  @Override
  public String batchId() {
    return node.ids().batch();
  }

  @Override
  public String secretToken() {
    return node.chance().secret();
  }

  @Override
  public OpenHooks openHooks() {
    return node.openHooks();
  }

  @Override
  public Thread thread(Runnable body) {
    return node.machine().branch(body);
  }

  @Override
  public void execute(Runnable turn) {
    node.machine().start("turn", turn);
  }

  @Override
  public CompletableFuture<AppendResult> append(Batch batch) {
    if (incarnation.persistence().isOver()) {
      return CompletableFuture.failedFuture(
          new WorldException(ErrorCode.CLOSED, "worker " + worker() + " is over"));
    }
    return node.appends()
        .append(batch)
        .whenComplete(
            (result, failure) -> {
              if (result instanceof AppendResult.Appended appended) {
                incarnation.suspects().clear(appended.run());
              }
            });
  }

  @Override
  public List<Event> history(long after) {
    return incarnation.history(execution.run(), after);
  }

  @Override
  public boolean reschedule(long seen, Due due) {
    return incarnation
        .reschedules()
        .reschedule(new Storage.Reschedule(execution.run(), execution.epoch(), seen, due));
  }

  @Override
  public void stall(long seen, Standstill standstill) {
    incarnation.takeover().stall(execution.run(), execution.epoch(), seen, standstill);
  }

  @Override
  public BodyHandle body(StepEntry step, int attempt) {
    return node.inlineSteps().body(execution, step, attempt, incarnation.lease());
  }

  @Override
  public void dispatch(StepEntry step) {
    // Wherever its body runs: whether it writes to a stream is not told to this node.
    execution.streamUsed();
    incarnation.sentSteps().add(execution.run(), step.id());
    incarnation.dispatches().send(execution.run(), step.id());
  }

  @Override
  public void dispatched(String stepId) {
    incarnation.sentSteps().forget(execution.run(), stepId);
  }

  @Override
  public void alarmAt(@Nullable Instant time) {
    node.alarms().set(execution.alarmed(), time);
  }

  @Override
  public void parked(boolean isParked, @Nullable Instant alarm) {
    if (isParked) {
      incarnation.suspects().clear(execution.run());
      boolean isBrief = alarm != null && alarm.isBefore(now().plus(BRIEF));
      incarnation.table().park(execution, isBrief).forEach(RunExecution::evict);
    } else {
      incarnation.table().resume(execution);
    }
  }

  @Override
  public void ended(@Nullable RunEnd end) {
    incarnation.sentSteps().forget(execution.run());
    Takeover takeover = incarnation.takeover();
    boolean settles =
        (end == null || execution.usedStreams()) && takeover.beginToSettle(execution.run());
    try {
      incarnation.left(execution, false);
      if (end != null && end.status() == RunStatus.FAILED) {
        sayFailed(end);
      }
      node.announceEnd(execution.run(), end);
    } finally {
      if (settles) {
        takeover.settle(execution.run(), execution.epoch());
      }
    }
  }

  private void sayFailed(RunEnd end) {
    LOG.warn(
        "run {} of workflow '{}' failed: {}",
        execution.run(),
        execution.workflow(),
        Failures.text(node.codec().decodeFailure(end.error())));
  }

  @Override
  public void gone(@Nullable Instant due) {
    incarnation.left(execution, true);
    if (due != null) {
      node.sweepBy(due);
    }
  }

  @Override
  public void attemptFailed(
      String step, int attempt, StepResult.Failed failed, StepResult.Verdict verdict) {
    node.attemptLog().failed(execution.run(), step, attempt, failed, verdict);
  }

  @Override
  public void warn(String message, @Nullable Throwable cause) {
    LOG.warn("run {} of workflow '{}': {}", execution.run(), execution.workflow(), message, cause);
  }

  @Override
  public boolean isClosing() {
    return incarnation.persistence().isOver();
  }

  @Override
  public int historyWarning() {
    return node.config().historyWarning();
  }
}
