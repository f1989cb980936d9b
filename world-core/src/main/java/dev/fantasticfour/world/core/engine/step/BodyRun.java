package dev.fantasticfour.world.core.engine.step;

import dev.fantasticfour.world.core.engine.run.Host;
import dev.fantasticfour.world.core.engine.run.StepEntry;
import dev.fantasticfour.world.core.engine.run.StepResult;
import dev.fantasticfour.world.core.engine.time.Machine;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One attempt of a step while it runs: answers once, whatever its body does afterwards. */
public final class BodyRun implements Host.BodyHandle {

  private final StepEntry.Body body;
  private final AttemptContext context;
  private final Answers answers;
  private final AtomicBoolean answered = new AtomicBoolean();
  private final AtomicBoolean noted = new AtomicBoolean();
  private volatile boolean unwanted;
  private volatile Machine.@Nullable Task task;
  private volatile @Nullable Instant startedAt;

  BodyRun(StepEntry.Body body, AttemptContext context, Answers answers) {
    this.body = body;
    this.context = context;
    this.answers = answers;
  }

  /** Where the outcome of a body goes. Called on any thread; must be quick. */
  public interface Answers {

    /** It has come to a result; called once at most. */
    void finished(StepResult result);

    /** It has been running for more than a second; called once at most. */
    void runsLong();
  }

  void runsOn(Machine.Task bodyTask) {
    task = bodyTask;
    if (unwanted) {
      bodyTask.interrupt();
    }
  }

  String stepName() {
    return context.stepName();
  }

  void startedAt(Instant time) {
    startedAt = time;
    context.begin(time, () -> unwanted);
  }

  @Nullable Duration timeout() {
    return context.timeout();
  }

  boolean isCancelled() {
    return unwanted;
  }

  @Override
  public void cancel() {
    unwanted = true;
    answered.set(true);
    interrupt();
  }

  void timesOut() {
    if (answered.compareAndSet(false, true)) {
      unwanted = true;
      answers.finished(
          new StepResult.Threw(
              new TimeoutException(
                  "attempt "
                      + context.attempt()
                      + " of step '"
                      + context.stepName()
                      + "' took longer than "
                      + context.timeout())));
      interrupt();
    }
  }

  void noteIfRunningSince(Instant time) {
    Instant started = startedAt;
    boolean isLong = started != null && started.isBefore(time) && !answered.get();
    if (isLong && noted.compareAndSet(false, true)) {
      answers.runsLong();
    }
  }

  void run() {
    StepResult result;
    try {
      result = new StepResult.Returned(body.run(context));
    } catch (Throwable e) {
      result = new StepResult.Threw(e);
    }
    if (answered.compareAndSet(false, true)) {
      answers.finished(result);
    }
  }

  private void interrupt() {
    Machine.Task current = task;
    if (current != null) {
      current.interrupt();
    }
  }
}
