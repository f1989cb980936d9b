package dev.fantasticfour.world.core.engine.turn;

import dev.fantasticfour.world.api.error.AttemptEndedException.Reason;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.program.Definition;
import dev.fantasticfour.world.core.engine.program.Program;
import dev.fantasticfour.world.core.engine.program.Standstill;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.rules.RunEnd;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The turns of one execution: what each signal changes, and what is done about it. While a batch is
 * in flight, everything that happens waits for the turn after its answer. Used by one thread at a
 * time.
 */
public final class Turns {

  /** After that many a run ends over signals: a busy sender must not keep it from ever ending. */
  private static final int MOST_EARLY_ENDS = 10;

  private final Effects effects;
  private final String workflow;
  private final Presence presence;
  private final ProgramLoader loader;
  private final Backlog backlog;
  private final OwnerBatch batch;
  private final Bodies bodies;
  private final Shown shown;
  private final DeadlineWatch deadline;
  private @Nullable Program program;
  private @Nullable Standstill standsBecause;
  private boolean mustReload;
  private boolean leaving;
  private boolean stays;
  private boolean warnedOfLength;

  /** How often in a row the code came to its end over events that it had not seen. */
  private int earlyEnds;

  public Turns(
      Effects effects,
      Presence presence,
      RunId run,
      long epoch,
      Definition<?, ?> definition,
      PayloadCodec codec,
      Consumer<Signal> inbox) {
    this.effects = effects;
    this.workflow = definition.name();
    this.presence = presence;
    this.loader = new ProgramLoader(effects, run, definition, codec);
    this.backlog = new Backlog(effects);
    this.batch = new OwnerBatch(effects, run, epoch, inbox);
    this.bodies = new Bodies(effects);
    this.shown = new Shown(effects, presence);
    this.deadline = new DeadlineWatch(effects, run, inbox);
  }

  /** Takes note of what has happened; {@link #advance} acts on it. */
  public void take(Signal signal) {
    if (presence.isOver()) {
      return;
    }
    switch (signal) {
      case Signal.Begin begin -> {
        shown.begin(begin.log());
        load(begin.log());
      }
      case Signal.Finished result -> backlog.finished(result);
      case Signal.RunsLong running -> bodies.recordStart(running.stepId(), running.attempt());
      case Signal.Unsent lost -> bodies.unsent(lost.stepId());
      case Signal.Alarm alarm -> {
        backlog.alarm();
        presence.woken();
      }
      case Signal.Told told -> {
        backlog.told(told.events());
        batch.othersAppended();
      }
      case Signal.Nudged nudged -> {
        backlog.nudged();
        batch.othersAppended();
      }
      case Signal.Relieved relieved -> batch.relieved();
      case Signal.Answered answered -> answered(batch.take(answered));
      case Signal.Evict evict -> evict();
      case Signal.Hold hold ->
          bodies.begin(!hold.isHeld(), program == null ? null : program.steps());
      case Signal.Leave leave -> leaving = true;
      case Signal.Detach detach -> leave();
    }
  }

  private void evict() {
    if (presence.isParked() && !hasNews()) {
      leave();
    } else {
      stays = true;
    }
  }

  private boolean hasNews() {
    return batch.isInFlight() || bodies.anyUnsent() || !backlog.isEmpty();
  }

  /** The body that began last, if it is to run on this thread. */
  public @Nullable BodyHandle takeHeldBody() {
    return bodies.takeHeld();
  }

  /** Brings what is known up to date and takes a turn, unless a batch is in flight. */
  public void advance() {
    if (presence.isOver() || batch.isInFlight()) {
      return;
    }
    if (leaving && !backlog.hasResults()) {
      leave();
      return;
    }
    if (hasNews() || mustReload) {
      // What is read and what the code does now may take long; no body waits for it.
      bodies.release();
    }
    readLog();
    Program current = program;
    if (backlog.isTerminated()) {
      end(null);
    } else if (current != null) {
      turn(current);
    }
  }

  private void readLog() {
    if (mustReload) {
      mustReload = false;
      load(backlog.readAll());
    } else {
      backlog.readOn();
    }
  }

  /** Builds the code up from its log. */
  private void load(List<Event> log) {
    ProgramLoader.Loaded loaded = loader.load(log, presence::runsOn);
    program = loaded.program();
    backlog.begin(log, loaded.untold());
    standsBecause = null;
    bodies.adopt(loaded.program().steps());
  }

  private void turn(Program current) {
    current.ledger().wallClock(effects.now());
    backlog.tell(current, bodies);
    bodies.sendAgain(current.steps());
    bodies.writeStarts(current);
    Standstill standstill = current.standstill();
    if (standstill != null) {
      standAfterOutcomes(current, standstill);
      return;
    }
    if (current.isDetached()) {
      leave();
      return;
    }
    bodies.interrupt(current.steps().takeInterrupted());
    bodies.forget(current.steps().takeEnded());
    Fact end = current.end();
    List<Draft> drafts = end == null ? current.ledger().take() : current.ledger().take(end);
    if (drafts.isEmpty()) {
      bodies.start(current.steps());
      settle(current);
      return;
    }
    earlyEnds = end == null ? 0 : earlyEnds;
    append(drafts, backlog.seen(), NextDue.after(drafts, current, bodies, presence.usedStreams()));
  }

  /** All is committed and nothing is left to tell: what remains is to wait. */
  private void settle(Program current) {
    if (bodies.areOver()) {
      presence.holdBack();
      return;
    }
    deadline.look(current);
    presence.wakeAt(current.next(deadline.next(current)));
    boolean waits = !bodies.anyRunning();
    Due due = NextDue.of(current, bodies, presence.usedStreams());
    if (waits && !batch.reschedule(backlog.seen(), due)) {
      leave();
      return;
    }
    presence.park(waits, stays);
    stays = false;
  }

  private void append(List<Draft> drafts, long seen, Due due) {
    presence.park(false, false);
    batch.append(drafts, seen, due, earlyEnds >= MOST_EARLY_ENDS);
  }

  private void answered(OwnerBatch.Resolution resolution) {
    switch (resolution) {
      case OwnerBatch.Resolution.Committed committed ->
          committed(committed.own(), committed.unseen());
      case OwnerBatch.Resolution.Overtaken over -> overtaken(over.drafts(), over.missing());
      case OwnerBatch.Resolution.RunOver over -> end(null);
      case OwnerBatch.Resolution.NotOurs over -> leave();
      case OwnerBatch.Resolution.Impossible impossible -> stand(impossible.standstill());
    }
  }

  private void committed(List<Event> own, List<Event> unseen) {
    backlog.committed(own, unseen);
    Program current = program;
    shown.committed(own, current == null || current.hasOpenChildren());
    warnOfLength();
    if (standsBecause != null) {
      stand(standsBecause);
    } else if (own.getLast().type().endsRun() && !mustReload && current != null) {
      end(RunEnd.of(workflow, own.getLast()));
      shown.ended(own.getLast());
    } else if (!mustReload && current != null) {
      // All that was asked for before this batch is in it: its bodies need not wait for what
      // follows.
      bodies.start(current.steps());
    }
  }

  /**
   * The code decided without knowing events that change what it may decide. Nothing of its decision
   * was recorded; its own outcomes are kept, now after those events, with what it was told of
   * changes, and the code is built up again from the log.
   */
  private void overtaken(List<Draft> drafts, List<Event> missing) {
    presence.detachCode();
    program = null;
    mustReload = true;
    earlyEnds += drafts.getLast().fact().type().endsRun() ? 1 : 0;
    List<Draft> outcomes = Outcomes.withChanges(drafts, missing);
    if (!outcomes.isEmpty()) {
      append(outcomes, missing.getLast().position(), Due.NOW);
    }
  }

  /** Before the run stands, what its bodies came to is recorded, lest they run again. */
  private void standAfterOutcomes(Program current, Standstill why) {
    List<Draft> outcomes = Outcomes.of(current.ledger().take(), List.of());
    if (outcomes.isEmpty()) {
      stand(why);
      return;
    }
    standsBecause = why;
    append(outcomes, backlog.seen(), Due.NOW);
  }

  private void stand(Standstill why) {
    effects.stall(backlog.known(), why);
    leave();
  }

  private void end(@Nullable RunEnd end) {
    bodies.interruptAll(Reason.UNWANTED);
    presence.end(end);
  }

  /** The execution is over here though the run is not. */
  public void leave() {
    try {
      bodies.interruptAll(Reason.MOVED);
    } finally {
      presence.leave();
    }
  }

  private void warnOfLength() {
    if (!warnedOfLength && backlog.known() > effects.historyWarning()) {
      warnedOfLength = true;
      effects.warn(
          "its history has passed "
              + effects.historyWarning()
              + " events; end the run and start a successor",
          null);
    }
  }
}
