package dev.fantasticfour.world.core.engine.run;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.dispatch.Strand;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Executes one owned run in turns (design, "Turn"): tells its code what has happened, one event at
 * a time, appends what the code asked for in one batch, and starts bodies when what they depend on
 * is committed. At most one batch is in flight; whatever happens meanwhile waits for the next turn.
 *
 * <p><b>Concurrency.</b> The public methods only leave a signal and may be called by any thread;
 * signals are worked off by one thread at a time.
 */
public final class RunExecution {

  private final Host host;
  private final RunId run;
  private final long epoch;
  private final Definition<?, ?> definition;
  private final ConcurrentLinkedQueue<Signal> inbox = new ConcurrentLinkedQueue<>();
  private final AtomicInteger signals = new AtomicInteger();

  private final Turns turns;
  private final Runnable alarm = this::alarm;
  private final CompletableFuture<Void> gone = new CompletableFuture<>();
  private volatile boolean usedStreams;

  /**
   * @param epoch of the claim it executes under
   */
  public RunExecution(
      Host host, RunId run, long epoch, Definition<?, ?> definition, PayloadCodec codec) {
    this.host = host;
    this.run = run;
    this.epoch = epoch;
    this.definition = definition;
    this.turns = new Turns(host, this, definition, codec);
    // What earlier owners wrote to is not known here.
    this.usedStreams = epoch > 1;
  }

  /** The run. */
  public RunId run() {
    return run;
  }

  /** The epoch it executes under. */
  public long epoch() {
    return epoch;
  }

  /** The name of the workflow. */
  public String workflow() {
    return definition.name();
  }

  /** Whether it only waits for something outside. */
  public boolean isParked() {
    return turns.isParked();
  }

  /** Whether it is over here. */
  public boolean isOver() {
    return turns.isOver();
  }

  /** Whether the run may have streams that its end has to end. */
  public boolean usedStreams() {
    return usedStreams;
  }

  /** A body is about to write to a stream of the run. */
  public void streamUsed() {
    usedStreams = true;
  }

  /** How many threads its branches hold. */
  public int threads() {
    Strand current = turns.strand();
    return current == null ? 0 : current.alive();
  }

  /** The strand, to see whether its threads have gone. */
  public @Nullable Strand strand() {
    return turns.strand();
  }

  /** Begins, with the whole log so far. */
  public void begin(List<Event> log) {
    signal(new Signal.Begin(log));
  }

  /** A body has come to a result. */
  public void finished(String stepId, int attempt, StepResult result) {
    signal(new Signal.Finished(stepId, attempt, result));
  }

  /** A body has been running for long. */
  public void runsLong(String stepId, int attempt) {
    signal(new Signal.RunsLong(stepId, attempt));
  }

  /** The alarm that was set with {@link Host#alarmAt}. */
  public void alarm() {
    signal(new Signal.Alarm());
  }

  /** {@link #alarm()}, always the same object: one execution, one alarm. */
  public Runnable alarmed() {
    return alarm;
  }

  /** Events that were appended by others. */
  public void tell(List<Event> events) {
    signal(new Signal.Told(events));
  }

  /** Something was appended. */
  public void nudge() {
    signal(new Signal.Nudged());
  }

  /** Gives the threads back if it is only waiting. */
  public void evict() {
    signal(new Signal.Evict());
  }

  /** Stops executing the run here. */
  public void detach() {
    signal(new Signal.Detach());
    Strand current = turns.strand();
    if (current != null) {
      // Code that holds up its turn must not hold up the end of the ownership too.
      current.detach();
    }
  }

  /**
   * Stops executing the run here as soon as everything that bodies have come to is recorded.
   *
   * @return done when it is over here
   */
  public CompletableFuture<Void> detachWhenRecorded() {
    signal(new Signal.Leave());
    return gone;
  }

  void signal(Signal signal) {
    inbox.add(signal);
    if (signals.getAndIncrement() == 0) {
      host.execute(this::work);
    }
  }

  /** It is over here. */
  void over() {
    gone.complete(null);
  }

  private void work() {
    int handled = signals.get();
    do {
      try {
        for (Signal next = inbox.poll(); next != null; next = inbox.poll()) {
          turns.take(next);
        }
        turns.advance();
      } catch (RuntimeException | Error e) {
        host.warn(this, "its turn failed; it is given up here and continued from its log", e);
        turns.leave();
      }
      handled = signals.addAndGet(-handled);
    } while (handled != 0);
  }
}
