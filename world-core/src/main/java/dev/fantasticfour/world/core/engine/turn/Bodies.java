package dev.fantasticfour.world.core.engine.turn;

import dev.fantasticfour.world.api.error.AttemptEndedException.Reason;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.core.engine.program.Ledger;
import dev.fantasticfour.world.core.engine.program.Limits;
import dev.fantasticfour.world.core.engine.program.Program;
import dev.fantasticfour.world.core.engine.program.StepEntry;
import dev.fantasticfour.world.core.engine.program.Steps;
import dev.fantasticfour.world.core.observe.Occurrence.AttemptResult;
import dev.fantasticfour.world.core.observe.Occurrence.Wakeup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bodies of one run: which run, which wait for their next attempt, and what their results mean.
 * Outlives the program when that is built up again, so that no body is started twice.
 */
final class Bodies {

  private final Effects effects;
  private final Map<String, RunningBody> running = new HashMap<>();
  private final List<RunningBody> longRunning = new ArrayList<>();
  private final List<String> unsent = new ArrayList<>();
  private @Nullable BodyHandle held;

  /** Whether none begins any more. */
  private boolean ending;

  Bodies(Effects effects) {
    this.effects = effects;
  }

  /** The program was built up: its steps whose bodies run already are not started again. */
  void adopt(Steps steps) {
    recognise(steps);
    for (StepEntry step : List.copyOf(steps.wanted())) {
      // A message may have been lost with the owner before: it is sent again, and known by its key.
      if (step.body() != null && step.retryAt() != null) {
        steps.backsOff(step, step.retryAt());
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
      RunningBody body = running.get(step.id());
      if (step.body() != null && body != null && body.attempt() == step.attempt()) {
        steps.runs(step);
      }
    }
  }

  /** Whether bodies begin. While none does, those that have not begun are wanted again. */
  void begin(boolean isAllowed, @Nullable Steps steps) {
    ending = !isAllowed;
    held = ending ? null : held;
    running.values().removeIf(body -> ending && body.withdraws(steps));
  }

  /** Whether none runs, and none will. */
  boolean areOver() {
    return ending && running.isEmpty();
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

  /** Starts what is wanted; everything it depends on is committed. */
  void start(Steps steps) {
    for (StepEntry step : ending ? List.<StepEntry>of() : steps.takeWanted()) {
      if (step.body() == null) {
        steps.isQueued(step);
        effects.dispatch(step);
      } else {
        BodyHandle handle = effects.body(step, step.attempt());
        steps.runs(step);
        running.put(step.id(), new RunningBody(step.id(), step.attempt(), handle));
        release();
        held = handle;
      }
    }
  }

  /** The body that was to begin last and did not yet, for the caller to run. */
  @Nullable BodyHandle takeHeld() {
    BodyHandle taken = held;
    held = null;
    return taken;
  }

  /** Lets the body that was held back for this thread begin elsewhere: the thread goes on. */
  void release() {
    BodyHandle last = takeHeld();
    if (last != null) {
      last.start();
    }
  }

  /** A body has come to a result: records it, and tells the code if that settles the step. */
  void finish(Program program, Signal.Finished signal) {
    RunningBody body = running.get(signal.stepId());
    if (body == null || body.attempt() != signal.attempt()) {
      return;
    }
    running.remove(signal.stepId());
    StepEntry step = program.steps().open(signal.stepId());
    if (step == null || !step.isRunning() || step.attempt() != signal.attempt()) {
      return;
    }
    writeLoss(program.ledger(), step, body);
    switch (signal.result()) {
      case StepResult.Returned returned -> {
        say(step, AttemptResult.COMPLETED);
        Settlement.settle(
            program,
            step,
            new Fact.StepCompleted(step.site(), step.attempt(), body.began(), returned.result()));
      }
      case StepResult.Failed failed -> failed(program, step, body, failed);
    }
  }

  private void failed(Program program, StepEntry step, RunningBody body, StepResult.Failed failed) {
    Ledger ledger = program.ledger();
    boolean isLoss = failed instanceof StepResult.Lost;
    StepResult.Standing standing =
        new StepResult.Standing(
            step.attempt(), isLoss ? step.lost() : step.losses(), left(ledger, step));
    StepResult.RetryDecision decision =
        StepResult.judge(failed, step.options(), standing, effects.random());
    effects.attemptFailed(step.site().name(), step.attempt(), failed, decision);
    say(step, StepResult.attemptResult(failed, decision));
    switch (decision) {
      case StepResult.RetryDecision.Retry retry when isLoss -> {
        writeStart(ledger, step, body);
        // An attempt that begins while one is under way: that one was lost.
        ledger.write(
            step.id(), new Fact.StepStarted(step.site(), step.attempt(), effects.worker().value()));
        program.steps().again(step);
      }
      case StepResult.RetryDecision.Retry retry -> {
        Instant retryAt = Limits.after(ledger.clock(), retry.after());
        if (step.attempt() == 1) {
          // A step began with its first attempt; the last one must not be taken for that.
          writeStart(ledger, step, body);
        }
        ledger.write(
            step.id(),
            new Fact.StepRetrying(
                step.site(), step.attempt(), program.encodeFailure(failed.thrown()), retryAt));
        step.failed(retryAt);
        program.steps().backsOff(step, retryAt);
      }
      case StepResult.RetryDecision.Fail fail ->
          Settlement.settle(
              program,
              step,
              new Fact.StepFailed(
                  step.site(),
                  step.attempt(),
                  body.began(),
                  program.encodeFailure(failed.thrown()),
                  fail.reason().name()));
    }
  }

  private void say(StepEntry step, AttemptResult result) {
    String branch = step.site().branch();
    effects.telemetry().attemptEnded(step.id(), step.site().name(), branch, step.attempt(), result);
  }

  private static @Nullable Duration left(Ledger ledger, StepEntry step) {
    Instant until = step.until();
    return until == null ? null : Duration.between(ledger.clock(), until);
  }

  /** Some time has come: wakes what is due by then. */
  void alarm(Program program, Instant now) {
    for (String wait : program.waits().due(now)) {
      if (program.standstill() == null && program.waits().isOpen(wait)) {
        Fact outcome = new Fact.WaitCompleted();
        effects.telemetry().due(Wakeup.TIMER, program.waits().dueAt(wait), now);
        program.ledger().write(wait, outcome);
        Settlement.tell(program, wait, outcome);
      }
    }
    for (StepEntry step : program.steps().overdue(now)) {
      if (program.standstill() == null && program.steps().open(step.id()) == step) {
        Settlement.overdue(program, step);
      }
    }
    for (Instant since : program.steps().resume(now)) {
      effects.telemetry().due(Wakeup.RETRY, since, now);
    }
  }

  /** A body runs long: its start is to be seen in the log. */
  void recordStart(String stepId, int attempt) {
    RunningBody body = running.get(stepId);
    if (body != null && body.attempt() == attempt) {
      longRunning.add(body);
    }
  }

  void writeStarts(Program program) {
    for (RunningBody body : longRunning) {
      StepEntry step = program.steps().open(body.stepId());
      if (step != null && running.get(step.id()) == body && step.isRunning()) {
        writeStart(program.ledger(), step, body);
      }
    }
    longRunning.clear();
  }

  private void writeStart(Ledger ledger, StepEntry step, RunningBody body) {
    if (step.isStartToBeRecorded()) {
      ledger.write(
          step.id(),
          new Fact.StepStarted(
              step.site(), step.attempt(), effects.worker().value(), body.began()));
    }
  }

  /**
   * A body that another worker had begun as well: that there was one more is said together with
   * what this one came to, when nobody can die of it any more (see {@link
   * StepEntry#isStartToBeRecorded}).
   */
  private void writeLoss(Ledger ledger, StepEntry step, RunningBody body) {
    String worker = effects.worker().value();
    if (step.wasLostBefore(worker)) {
      ledger.write(
          step.id(), new Fact.StepStarted(step.site(), step.attempt(), worker, body.began()));
    }
  }

  /** The message of a queued step is gone. */
  void unsent(String stepId) {
    unsent.add(stepId);
  }

  boolean anyUnsent() {
    return !unsent.isEmpty();
  }

  /** Has messages sent again that are gone though their steps are not over. */
  void sendAgain(Steps steps) {
    unsent.forEach(steps::sendAgain);
    unsent.clear();
  }

  /** Queued steps that are over: whether their messages are there is nobody's business. */
  void forget(List<String> steps) {
    steps.forEach(step -> effects.dispatched(step));
  }

  /** Bodies whose results are no longer wanted. */
  void interrupt(List<StepEntry> steps) {
    for (StepEntry step : steps) {
      RunningBody body = running.remove(step.id());
      if (body != null) {
        say(step, AttemptResult.CANCELLED);
        body.handle().cancel(Reason.UNWANTED);
      }
    }
  }

  /** Nothing that runs here is wanted here any more. */
  void interruptAll(Reason why) {
    running.values().forEach(body -> body.handle().cancel(why));
    running.clear();
  }
}
