package dev.fantasticfour.world.core.engine.step;

import dev.fantasticfour.world.core.engine.run.Host;
import dev.fantasticfour.world.core.engine.run.StepEntry;
import dev.fantasticfour.world.core.engine.run.StepResult;
import dev.fantasticfour.world.core.engine.time.Machine;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a step while it runs: answers once, whatever its body does afterwards. Its thread
 * is interrupted for its sake while it is there, and never afterwards.
 */
public final class BodyRun implements Host.BodyHandle {

  private final BodyRunner runner;
  private final StepEntry.Body body;
  private final AttemptContext context;
  private final BodyRunner.StartGate gate;
  private final Answers answers;
  private final ReentrantLock onThread = new ReentrantLock();
  private final AtomicBoolean answered = new AtomicBoolean();
  private final AtomicBoolean noted = new AtomicBoolean();
  private volatile boolean unwanted;

  /** Whether its code has come to its end; what is done after that takes none of its time. */
  private volatile boolean over;

  private volatile @Nullable Instant startedAt;
  private volatile @Nullable Thread thread;
  private Machine.@Nullable Task task;

  BodyRun(
      BodyRunner runner,
      StepEntry.Body body,
      AttemptContext context,
      BodyRunner.StartGate gate,
      Answers answers) {
    this.runner = runner;
    this.body = body;
    this.context = context;
    this.gate = gate;
    this.answers = answers;
  }

  /** Where the outcome of a body goes. Called on any thread; must be quick. */
  public interface Answers {

    /**
     * It has come to a result; called once at most.
     *
     * @return whether somebody has to {@link #goOn()} with it
     */
    boolean finished(StepResult result);

    /** What follows from the result. May block, and holds no place of a body any more. */
    void goOn();

    /** It has been running for more than a second; called once at most. */
    void runsLong();
  }

  @Override
  public void start() {
    runner.start(this);
  }

  @Override
  public boolean runHere() {
    return runner.runHere(this);
  }

  /** It has come to that thread, and may be interrupted there. */
  void arrives(Machine.Task bodyTask) {
    onThread.lock();
    try {
      task = bodyTask;
      thread = Thread.currentThread();
    } finally {
      onThread.unlock();
    }
    if (unwanted) {
      interrupt();
    }
  }

  /** Whether it runs on the calling thread. */
  boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  /** It leaves its thread: no interrupt that is meant for it comes any more. */
  void leaves() {
    onThread.lock();
    try {
      task = null;
      thread = null;
    } finally {
      onThread.unlock();
    }
  }

  boolean awaitOpen() throws InterruptedException {
    return gate.awaitOpen();
  }

  /** What follows from its result. */
  void goOn() {
    answers.goOn();
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

  /** Its time is over. Returns whether somebody has to {@link #goOn()}. */
  boolean timesOut() {
    if (over || !answered.compareAndSet(false, true)) {
      return false;
    }
    unwanted = true;
    boolean isNext =
        answers.finished(
            new StepResult.TimedOut(
                new TimeoutException(
                    "attempt "
                        + context.attempt()
                        + " of step '"
                        + context.stepName()
                        + "' took longer than "
                        + context.timeout())));
    interrupt();
    return isNext;
  }

  void noteIfRunningSince(Instant time) {
    Instant started = startedAt;
    boolean isLong = started != null && started.isBefore(time) && !answered.get();
    if (isLong && noted.compareAndSet(false, true)) {
      answers.runsLong();
    }
  }

  /** Runs the code. Returns whether somebody has to {@link #goOn()} with what it came to. */
  boolean run() {
    StepResult result;
    try {
      result = new StepResult.Returned(body.run(context));
    } catch (Throwable e) {
      result = StepResult.of(e);
    }
    over = true;
    if (!context.end()) {
      // The process closes with chunks of its streams that are stored nowhere: others do it again.
      return false;
    }
    return answered.compareAndSet(false, true) && answers.finished(result);
  }

  private void interrupt() {
    onThread.lock();
    try {
      if (task != null) {
        task.interrupt();
      }
    } finally {
      onThread.unlock();
    }
  }
}
