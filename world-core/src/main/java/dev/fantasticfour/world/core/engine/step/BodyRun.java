package dev.fantasticfour.world.core.engine.step;

import dev.fantasticfour.world.api.error.AttemptEndedException.Reason;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.program.Limits;
import dev.fantasticfour.world.core.engine.program.StepEntry;
import dev.fantasticfour.world.core.engine.stream.StepStreams;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.engine.turn.BodyHandle;
import dev.fantasticfour.world.core.engine.turn.StepResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a step while it runs: answers once, whatever its body does afterwards. Its thread
 * is interrupted for its sake while it is there, and never afterwards. Its body may begin more than
 * once: where World failed it, that was no attempt.
 */
public final class BodyRun implements BodyHandle, AttemptContext.Life {

  private final Starter runner;
  private final InstantSource clock;
  private final Attempt attempt;
  private final StepEntry.Body body;
  private final StartGate gate;
  private final Answers answers;
  private final ReentrantLock onThread = new ReentrantLock();
  private final AtomicBoolean answered = new AtomicBoolean();
  private final AtomicBoolean noted = new AtomicBoolean();
  private final AtomicBoolean ignores = new AtomicBoolean();
  private volatile @Nullable Instant unwantedSince;

  /** Why; set before {@link #unwantedSince}. */
  private volatile Reason why = Reason.UNWANTED;

  /** Whether its code has come to its end; what is done after that takes none of its time. */
  private volatile boolean over;

  private volatile @Nullable Instant startedAt;

  /** When its body began, or said last that it is alive. */
  private volatile Instant heardAt = Instant.EPOCH;

  private volatile @Nullable Thread thread;
  private volatile int setbacks;
  private Machine.@Nullable Task task;

  BodyRun(
      Starter runner,
      InstantSource clock,
      Attempt attempt,
      StepEntry.Body body,
      StartGate gate,
      Answers answers) {
    this.runner = runner;
    this.clock = clock;
    this.attempt = attempt;
    this.body = body;
    this.gate = gate;
    this.answers = answers;
  }

  /** What gives bodies their threads and places. */
  interface Starter {

    /** Begins on a thread of its own as soon as there is room. */
    void start(BodyRun body);

    /** Runs on the calling thread if there is room now; returns whether to {@link #goOn()}. */
    boolean runHere(BodyRun body);
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

    /** It does not begin here any more, and comes to no result: its node may start nothing. */
    default void givenUp() {}
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
    if (isCancelled()) {
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

  /** It does not begin here any more. */
  void giveUp() {
    if (!answered.get()) {
      answers.givenUp();
    }
  }

  Attempt attempt() {
    return attempt;
  }

  /** When its body began first, or null. */
  @Override
  public @Nullable Instant startedAt() {
    return startedAt;
  }

  /** Its body begins. */
  AttemptContext begins(Instant time, StepStreams streams) {
    over = false;
    if (startedAt == null) {
      startedAt = time;
    }
    heardAt = time;
    return new AttemptContext(attempt, streams, attempt.bounds().deadline(time), this);
  }

  @Override
  public void heard() {
    if (attempt.bounds().silence() != null) {
      heardAt = clock.instant();
    }
  }

  /** When it is silent for too long unless it says something, or null. */
  @Nullable Instant silentAt() {
    Duration silence = attempt.bounds().silence();
    return silence == null ? null : Limits.after(heardAt, silence);
  }

  @Override
  public @Nullable Reason ended() {
    return isCancelled() ? why : null;
  }

  /** World failed its body, which is to begin again. Returns how often that was so. */
  int setBack() {
    return ++setbacks;
  }

  boolean isCancelled() {
    return unwantedSince != null;
  }

  @Override
  public void cancel(Reason reason) {
    answered.set(true);
    giveUpOn(reason);
  }

  /** Its time is over. Returns whether somebody has to {@link #goOn()}. */
  boolean timesOut(Instant now) {
    return endsWith(new StepResult.TimedOut(Overdue.attempt(attempt, now)), Reason.TIMED_OUT);
  }

  /** It has said nothing for too long. Returns whether somebody has to {@link #goOn()}. */
  boolean isLost() {
    return endsWith(new StepResult.Lost(Overdue.silent(attempt)), Reason.TIMED_OUT);
  }

  private boolean endsWith(StepResult result, Reason reason) {
    if (over || !answered.compareAndSet(false, true)) {
      return false;
    }
    boolean isNext = answers.finished(result);
    giveUpOn(reason);
    return isNext;
  }

  private void giveUpOn(Reason reason) {
    if (unwantedSince == null) {
      why = reason;
    }
    unwantedSince = clock.instant();
    interrupt();
  }

  void noteIfRunningSince(Instant time) {
    Instant started = startedAt;
    boolean isLong = started != null && started.isBefore(time) && !answered.get();
    if (isLong && noted.compareAndSet(false, true)) {
      answers.runsLong();
    }
  }

  /** Whether it was told before that time to end, which it ignores; says so once. */
  boolean hasIgnoredSince(Instant time) {
    Instant told = unwantedSince;
    return told != null && told.isBefore(time) && ignores.compareAndSet(false, true);
  }

  /** Where its code is just now. */
  StackTraceElement[] stack() {
    onThread.lock();
    try {
      return task == null ? new StackTraceElement[0] : task.stack();
    } finally {
      onThread.unlock();
    }
  }

  /**
   * Runs the code once, and waits until what it wrote to streams is stored.
   *
   * @return what it came to; null when that is not to be recorded, since the process closes with
   *     chunks of its streams that are stored nowhere
   */
  @Nullable StepResult run(AttemptContext context) {
    StepResult result;
    try {
      result = new StepResult.Returned(body.run(context));
    } catch (Throwable e) {
      result =
          e instanceof WorldException refusal && context.hasRefused(e)
              ? new StepResult.Refused(refusal)
              : StepResult.of(e);
    }
    over = true;
    return context.end() ? result : null;
  }

  /** Whether nobody knows yet what it came to. */
  boolean isOpen() {
    return !answered.get();
  }

  /** What it came to. Returns whether somebody has to {@link #goOn()} with it. */
  boolean answer(StepResult result) {
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
