package dev.fantasticfour.world.core.engine.run;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.coroutine.Strand;
import dev.fantasticfour.world.core.engine.program.Definition;
import dev.fantasticfour.world.core.engine.telemetry.RunTelemetry;
import dev.fantasticfour.world.core.engine.telemetry.Timing;
import dev.fantasticfour.world.core.engine.turn.BodyHandle;
import dev.fantasticfour.world.core.engine.turn.Effects;
import dev.fantasticfour.world.core.engine.turn.Presence;
import dev.fantasticfour.world.core.engine.turn.Signal;
import dev.fantasticfour.world.core.engine.turn.StepResult;
import dev.fantasticfour.world.core.engine.turn.Turns;
import dev.fantasticfour.world.core.observe.flight.Flight;
import dev.fantasticfour.world.core.observe.flight.TurnEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
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

  private final Effects effects;
  private final RunId run;
  private final long epoch;
  private final Definition<?, ?> definition;
  private final ConcurrentLinkedQueue<Signal> inbox = new ConcurrentLinkedQueue<>();
  private final AtomicInteger signals = new AtomicInteger();

  private final Presence presence;
  private final Turns turns;
  private final Runnable alarm = this::alarm;
  private final CompletableFuture<Void> gone = new CompletableFuture<>();
  private final BegunAgain begunAgain = new BegunAgain();
  private final BlockedWatch blocked = new BlockedWatch();

  /**
   * @param host gives it its effects, once
   * @param epoch of the claim it executes under
   */
  public RunExecution(
      Function<RunExecution, Effects> host,
      RunId run,
      long epoch,
      Definition<?, ?> definition,
      PayloadCodec codec) {
    this.run = run;
    this.epoch = epoch;
    this.definition = definition;
    this.effects = host.apply(this);
    this.presence = new Presence(effects, this::over);
    this.turns = new Turns(effects, presence, run, epoch, definition, codec, this::signal);
    if (epoch > 1) {
      // What earlier owners wrote to is not known here.
      presence.streamUsed();
    }
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

  /** What it says of itself. */
  public RunTelemetry telemetry() {
    return effects.telemetry();
  }

  /** Whether it is over here, and what it leaves to be done then. */
  public Presence presence() {
    return presence;
  }

  /** What it had sent to others has reached them. */
  public void relieved() {
    signal(new Signal.Relieved());
  }

  /** A body is about to write to a stream of the run. */
  public void streamUsed() {
    presence.streamUsed();
  }

  /** The body of a step begins again though no attempt has failed. Returns how often by now. */
  public int beginsAgain(String stepId) {
    return begunAgain.again(stepId);
  }

  /** How often that was so here. */
  public int begunAgain(String stepId) {
    return begunAgain.times(stepId);
  }

  /** How many threads its branches hold. */
  public int threads() {
    Strand current = presence.strand();
    return current == null ? 0 : current.alive();
  }

  /** The strand, to see whether its threads have gone. */
  public @Nullable Strand strand() {
    return presence.strand();
  }

  /** Begins, with the whole log so far. */
  public void begin(List<Event> log) {
    signal(new Signal.Begin(log));
  }

  /**
   * A body has come to a result.
   *
   * @return whether somebody has to {@link #goOn()} with it
   */
  public boolean finished(String stepId, int attempt, StepResult result) {
    return leave(new Signal.Finished(stepId, attempt, result));
  }

  /** Takes the turns that a result leads to, on the thread on which its body ran. May block. */
  public void goOn() {
    BodyHandle next = work();
    if (next != null) {
      next.start();
    }
  }

  /** A body has been running for long. */
  public void runsLong(String stepId, int attempt) {
    signal(new Signal.RunsLong(stepId, attempt));
  }

  /** The message of a queued step is gone. */
  public void unsent(String stepId) {
    signal(new Signal.Unsent(stepId));
  }

  /** The alarm that was set with {@link Effects#alarmAt}. */
  public void alarm() {
    signal(new Signal.Alarm());
  }

  /** {@link #alarm()}, always the same object. */
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

  /**
   * Warns when workflow code keeps its turn from going on. Asked about once a second, by one thread
   * at a time.
   */
  public void warnIfBlocked() {
    blocked.look(presence.strand(), effects);
  }

  /** Gives the threads back if it is only waiting. */
  public void evict() {
    signal(new Signal.Evict());
  }

  /** Somebody keeps the run from going on, or nobody does any more. */
  public void hold(boolean isHeld) {
    signal(new Signal.Hold(isHeld));
  }

  /** Stops executing the run here. */
  public void detach() {
    signal(new Signal.Detach());
    Strand current = presence.strand();
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
    if (leave(signal)) {
      effects.execute(this::turn);
    }
  }

  /** Returns whether nobody works yet, so that the caller has to see to it. */
  private boolean leave(Signal signal) {
    inbox.add(signal);
    return signals.getAndIncrement() == 0;
  }

  /** On a thread of its own: the last body that its turns lead to may have that thread. */
  private void turn() {
    BodyHandle next = work();
    if (next != null && next.runHere()) {
      goOn();
    }
  }

  /** It is over here. */
  void over() {
    gone.complete(null);
  }

  /** Works signals off until there is none; returns the body to run then, if any. */
  private @Nullable BodyHandle work() {
    BodyHandle body = null;
    int handled = signals.get();
    do {
      if (!inbox.isEmpty()) {
        if (body != null) {
          // It must not wait for what the code does in the next turn.
          body.start();
        }
        takeTurn();
        body = turns.takeHeldBody();
      }
      handled = signals.addAndGet(-handled);
    } while (handled != 0);
    return body;
  }

  private void takeTurn() {
    Timing turn = effects.telemetry().turn();
    TurnEvent event = Flight.turn();
    try {
      for (Signal next = inbox.poll(); next != null; next = inbox.poll()) {
        turns.take(next);
      }
      turns.advance();
    } catch (RuntimeException | Error e) {
      if (!isHandOver(e)) {
        effects.warn("its turn failed; it is given up here and continued from its log", e);
      }
      leave();
    } finally {
      turn.done();
      effects.telemetry().rested(presence.isParked() || presence.isOver());
      if (event != null) {
        event.over(run, workflow());
      }
    }
  }

  private void leave() {
    try {
      turns.leave();
    } catch (RuntimeException | Error e) {
      // The signals that follow find it gone; they must be worked off all the same.
      effects.warn("it could not be given up in order", e);
    }
  }

  /** That this worker is over, or closes, is no failure of the run: another one goes on with it. */
  private boolean isHandOver(Throwable thrown) {
    return effects.isClosing()
        || (thrown instanceof WorldException e && e.code() == ErrorCode.CLOSED);
  }
}
