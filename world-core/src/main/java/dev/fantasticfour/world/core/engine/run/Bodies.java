package dev.fantasticfour.world.core.engine.run;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.workflow.StepOptions.Placement;
import dev.fantasticfour.world.core.port.Draft;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The bodies of one run: which run, which wait for their next attempt, and what their results mean.
 * Outlives the program when that is built up again, so that no body is started twice.
 */
final class Bodies {

  private static final Set<EventType> OWN_OUTCOMES =
      Set.of(
          EventType.STEP_STARTED,
          EventType.STEP_RETRYING,
          EventType.STEP_COMPLETED,
          EventType.STEP_FAILED,
          EventType.WAIT_COMPLETED);

  private final Host host;
  private final RunExecution execution;
  private final Map<String, Running> running = new HashMap<>();
  private final List<Running> longRunning = new ArrayList<>();
  private Host.@Nullable BodyHandle held;

  Bodies(Host host, RunExecution execution) {
    this.host = host;
    this.execution = execution;
  }

  private record Running(String stepId, int attempt, Instant since, Host.BodyHandle handle) {}

  /** The drafts of a refused batch that record what happened, not what the code decided. */
  static List<Draft> outcomesOf(List<Draft> drafts, List<Event> missing) {
    Set<String> woken =
        missing.stream()
            .filter(e -> e.type() == EventType.WAIT_COMPLETED)
            .map(e -> String.valueOf(e.correlationId()))
            .collect(Collectors.toSet());
    // A wait that is over as soon as it is asked for is asked for again.
    Set<String> fresh =
        drafts.stream()
            .filter(d -> d.fact().type() == EventType.WAIT_CREATED)
            .map(d -> String.valueOf(d.correlationId()))
            .collect(Collectors.toSet());
    return drafts.stream()
        .filter(d -> OWN_OUTCOMES.contains(d.fact().type()))
        .filter(d -> !woken.contains(String.valueOf(d.correlationId())))
        .filter(d -> !fresh.contains(String.valueOf(d.correlationId())))
        .toList();
  }

  /** The program was built up: its steps whose bodies run already are not started again. */
  void adopt(Steps steps) {
    recognise(steps);
    for (StepEntry step : List.copyOf(steps.wanted())) {
      // A message may have been lost with the owner before: it is sent again, and known by its key.
      if (step.body() != null && step.retryAt != null) {
        steps.backsOff(step, step.retryAt);
      }
    }
  }

  /**
   * Steps that the code, built up again, has asked for again over events that no batch had seen:
   * those whose bodies run already are not started again either.
   */
  void recognise(Steps steps) {
    if (running.isEmpty() || steps.wanted().isEmpty()) {
      return;
    }
    for (StepEntry step : List.copyOf(steps.wanted())) {
      Running body = running.get(step.id());
      if (step.body() != null && body != null && body.attempt() == step.attempt) {
        steps.runs(step, body.since());
      }
    }
  }

  boolean anyRunning() {
    return !running.isEmpty();
  }

  boolean anyToRun(Steps steps) {
    if (anyRunning()) {
      return true;
    }
    for (StepEntry step : steps.wanted()) {
      if (step.body() != null) {
        return true;
      }
    }
    return false;
  }

  /** Says when the messages that are about to be sent would have to be sent again. */
  void planMessages(Program program) {
    for (StepEntry step : program.steps().wanted()) {
      if (step.body() == null) {
        program.steps().planMessage(step, program.ledger().clock().plus(host.redispatchAfter()));
      }
    }
  }

  /** Starts what is wanted; everything it depends on is committed. */
  void start(Steps steps) {
    for (StepEntry step : steps.takeWanted()) {
      if (step.options().placement() == Placement.QUEUED) {
        steps.isQueued(step);
        host.dispatch(execution, step);
      } else {
        Instant now = host.now();
        Host.BodyHandle handle = host.body(execution, step, step.attempt);
        steps.runs(step, now);
        running.put(step.id(), new Running(step.id(), step.attempt, now, handle));
        release();
        held = handle;
      }
    }
  }

  /** The body that was to begin last and did not yet, for the caller to run. */
  Host.@Nullable BodyHandle takeHeld() {
    Host.BodyHandle taken = held;
    held = null;
    return taken;
  }

  /** Lets the body that was held back for this thread begin elsewhere: the thread goes on. */
  void release() {
    Host.BodyHandle last = takeHeld();
    if (last != null) {
      last.start();
    }
  }

  /** A body has come to a result: records it, and tells the code if that settles the step. */
  void finish(Program program, Signal.Finished signal) {
    Running body = running.get(signal.stepId());
    if (body == null || body.attempt() != signal.attempt()) {
      return;
    }
    running.remove(signal.stepId());
    StepEntry step = program.steps().open(signal.stepId());
    if (step == null || step.state != StepEntry.State.RUNNING || step.attempt != signal.attempt()) {
      return;
    }
    switch (signal.result()) {
      case StepResult.Returned returned ->
          settle(
              program,
              step,
              new Fact.StepCompleted(step.site(), step.attempt, step.startedAt, returned.result()));
      case StepResult.Failed failed -> failed(program, step, failed);
    }
  }

  private void failed(Program program, StepEntry step, StepResult.Failed failed) {
    Ledger ledger = program.ledger();
    StepResult.Verdict verdict =
        StepResult.judge(failed, step.options().retry(), step.attempt, host.random());
    host.attemptFailed(execution, step.site().name(), step.attempt, failed, verdict);
    switch (verdict) {
      case StepResult.Verdict.Retry retry -> {
        Instant retryAt = Limits.after(ledger.clock(), retry.after());
        ledger.write(
            step.id(),
            new Fact.StepRetrying(
                step.site(), step.attempt, program.encodeFailure(failed.thrown()), retryAt));
        program.steps().backsOff(step, retryAt);
        step.attempt++;
        step.startRecorded = false;
      }
      case StepResult.Verdict.Fail fail ->
          settle(
              program,
              step,
              new Fact.StepFailed(
                  step.site(),
                  step.attempt,
                  step.startedAt,
                  program.encodeFailure(failed.thrown()),
                  fail.reason().name()));
    }
  }

  private static void settle(Program program, StepEntry step, Fact outcome) {
    program.ledger().write(step.id(), outcome);
    tell(program, step.id(), outcome);
  }

  private static void tell(Program program, String id, Fact outcome) {
    program.tell(
        id,
        outcome,
        program.ledger().clock(),
        () -> {
          throw new IllegalStateException("the outcome of " + id + " was not asked for");
        });
  }

  /** Some time has come: wakes what is due by then. */
  void alarm(Program program, Instant now) {
    for (String wait : program.waits().due(now)) {
      if (program.standstill() == null && program.waits().isOpen(wait)) {
        Fact outcome = new Fact.WaitCompleted();
        program.ledger().write(wait, outcome);
        tell(program, wait, outcome);
      }
    }
    program.steps().resume(now);
  }

  /**
   * When the next wait, retry or repeated message is due, or null. A message that is only planned
   * counts too: should this process be lost before it sends it, somebody has to.
   */
  @Nullable Instant nextAlarm(Program program) {
    Instant step = program.steps().next();
    Instant wait = program.waits().next();
    return wait == null || (step != null && step.isBefore(wait)) ? step : wait;
  }

  /** A body runs long: its start is to be seen in the log. */
  void recordStart(String stepId, int attempt) {
    Running body = running.get(stepId);
    if (body != null && body.attempt() == attempt) {
      longRunning.add(body);
    }
  }

  void writeStarts(Program program) {
    for (Running body : longRunning) {
      StepEntry step = program.steps().open(body.stepId());
      if (step != null && isNews(step, body)) {
        step.startRecorded = true;
        program
            .ledger()
            .write(
                step.id(), new Fact.StepStarted(step.site(), step.attempt, host.worker().value()));
      }
    }
    longRunning.clear();
  }

  private boolean isNews(StepEntry step, Running body) {
    return running.get(step.id()) == body
        && step.state == StepEntry.State.RUNNING
        && !step.startRecorded;
  }

  /** Bodies whose results are no longer wanted. */
  void interrupt(List<StepEntry> steps) {
    for (StepEntry step : steps) {
      Running body = running.remove(step.id());
      if (body != null) {
        body.handle().cancel();
      }
    }
  }

  void interruptAll() {
    running.values().forEach(body -> body.handle().cancel());
    running.clear();
  }
}
