package dev.fantasticfour.world.core.engine.turn;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.history.Delivery;
import dev.fantasticfour.world.core.engine.program.Definition;
import dev.fantasticfour.world.core.engine.program.Program;
import dev.fantasticfour.world.core.engine.program.Standstill;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.rules.RunEnd;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The turns of one execution: what each signal changes, and what is done about it. While a batch is
 * in flight, everything that happens waits for the turn after its answer. Used by one thread at a
 * time.
 */
public final class Turns {

  private final Effects effects;
  private final String workflow;
  private final Presence presence;
  private final ProgramLoader loader;
  private final LogTail tail = new LogTail();
  private final OwnerBatch batch;
  private final Bodies bodies;
  private final Deque<Event> answers = new ArrayDeque<>(2);
  private final Deque<Signal.Finished> finished = new ArrayDeque<>(2);
  private @Nullable Program program;
  private @Nullable Standstill standsBecause;
  private boolean mustRead;
  private boolean mustReload;
  private boolean alarmed;
  private boolean leaving;
  private boolean stays;
  private boolean warnedOfLength;

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
    this.batch = new OwnerBatch(effects, run, epoch, inbox);
    this.bodies = new Bodies(effects);
  }

  /** Takes note of what has happened; {@link #advance} acts on it. */
  public void take(Signal signal) {
    if (presence.isOver()) {
      return;
    }
    switch (signal) {
      case Signal.Begin begin -> load(begin.log());
      case Signal.Finished result -> finished.add(result);
      case Signal.RunsLong running -> bodies.recordStart(running.stepId(), running.attempt());
      case Signal.Unsent lost -> bodies.unsent(lost.stepId());
      case Signal.Alarm alarm -> {
        alarmed = true;
        presence.woken();
      }
      case Signal.Told told -> {
        tail.told(told.events());
        batch.othersAppended();
      }
      case Signal.Nudged nudged -> {
        mustRead = true;
        batch.othersAppended();
      }
      case Signal.Answered answered -> answered(batch.take(answered));
      case Signal.Evict evict -> evict();
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
    return batch.isInFlight()
        || mustRead
        || alarmed
        || bodies.anyUnsent()
        || tail.hasUntold()
        || tail.hasGap()
        || !finished.isEmpty()
        || !answers.isEmpty();
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
    if (leaving && finished.isEmpty()) {
      leave();
      return;
    }
    if (hasNews() || mustReload) {
      // What is read and what the code does now may take long; no body waits for it.
      bodies.release();
    }
    readLog();
    Program current = program;
    if (tail.isTerminated()) {
      end(null);
    } else if (current != null) {
      turn(current);
    }
  }

  private void readLog() {
    if (mustReload) {
      mustReload = false;
      mustRead = false;
      load(effects.history(0));
    } else if (mustRead || tail.hasGap()) {
      mustRead = false;
      tail.follow(effects.history(tail.known()));
    }
  }

  /** Builds the code up from its log. */
  private void load(List<Event> log) {
    ProgramLoader.Loaded loaded = loader.load(log, presence::runsOn);
    program = loaded.program();
    tail.begin(log.getLast().position(), loaded.untold());
    answers.clear();
    standsBecause = null;
    bodies.adopt(loaded.program().steps());
  }

  private void turn(Program current) {
    current.ledger().wallClock(effects.now());
    tellAll(current);
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
    if (end != null) {
      current.ledger().write(null, end);
    }
    List<Draft> drafts = current.ledger().take();
    if (drafts.isEmpty()) {
      bodies.start(current.steps());
      settle(current);
    } else {
      append(drafts, tail.seen(), due(current, drafts));
    }
  }

  private void tellAll(Program current) {
    for (Event answer = answers.poll();
        goesOn(current) && answer != null;
        answer = answers.poll()) {
      ProgramLoader.tell(current, answer);
    }
    for (Event event = next(current); event != null; event = next(current)) {
      ProgramLoader.tell(current, event);
    }
    bodies.recognise(current.steps());
    // What bodies came to is recorded even if the code cannot be told of it now.
    while ((goesOn(current) || current.standstill() != null) && !finished.isEmpty()) {
      bodies.finish(current, finished.remove());
    }
    if (alarmed && goesOn(current)) {
      alarmed = false;
      bodies.alarm(current, current.ledger().clock());
    }
    bodies.sendAgain(current.steps());
    bodies.writeStarts(current);
  }

  private @Nullable Event next(Program current) {
    return goesOn(current) ? tail.next() : null;
  }

  private static boolean goesOn(Program current) {
    return current.standstill() == null && !current.isDetached();
  }

  /** All is committed and nothing is left to tell: what remains is to wait. */
  private void settle(Program current) {
    presence.wakeAt(current.next());
    boolean waits = !bodies.anyRunning();
    if (waits && !batch.reschedule(tail.seen(), due(current))) {
      leave();
      return;
    }
    presence.park(waits, stays);
    stays = false;
  }

  private Due due(Program current, List<Draft> drafts) {
    for (Draft draft : drafts) {
      if (draft.fact().type() == EventType.HOOK_CREATED) {
        // Code that awaits the store's answer goes on as soon as it is committed, whoever is there
        // then.
        return Due.NOW;
      }
    }
    return due(current);
  }

  private Due due(Program current) {
    if (current.hasEnded()) {
      return presence.usedStreams() ? Due.NOW : Due.NEVER;
    }
    if (bodies.anyToRun(current.steps())) {
      return Due.NOW;
    }
    Instant alarm = current.next();
    return alarm == null ? Due.NEVER : new Due.At(alarm);
  }

  private void append(List<Draft> drafts, long seen, Due due) {
    presence.park(false, false);
    batch.append(drafts, seen, due);
  }

  private void answered(OwnerBatch.Outcome outcome) {
    switch (outcome) {
      case OwnerBatch.Outcome.Committed committed -> committed(committed.own(), committed.unseen());
      case OwnerBatch.Outcome.Stale stale -> stale(stale.drafts(), stale.missing());
      case OwnerBatch.Outcome.RunOver over -> end(null);
      case OwnerBatch.Outcome.NotOurs over -> leave();
      case OwnerBatch.Outcome.Impossible impossible -> stand(impossible.standstill());
    }
  }

  private void committed(List<Event> own, List<Event> unseen) {
    tail.committed(own, unseen);
    for (Event event : own) {
      if (Delivery.roleOf(event) == Delivery.Role.ANSWER) {
        answers.add(event);
      }
    }
    warnOfLength();
    Program current = program;
    if (standsBecause != null) {
      stand(standsBecause);
    } else if (own.getLast().type().endsRun() && !mustReload && current != null) {
      end(RunEnd.of(workflow, own.getLast()));
    } else if (!mustReload && current != null) {
      // All that was asked for before this batch is in it: its bodies need not wait for what
      // follows.
      bodies.start(current.steps());
    }
  }

  /**
   * The code decided without knowing events that change what it may decide. Nothing of its decision
   * was recorded; its own outcomes are kept, now after those events, and the code is built up again
   * from the log.
   */
  private void stale(List<Draft> drafts, List<Event> missing) {
    presence.detachCode();
    program = null;
    mustReload = true;
    List<Draft> outcomes = Outcomes.of(drafts, missing);
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
    append(outcomes, tail.seen(), Due.NOW);
  }

  private void stand(Standstill why) {
    effects.stall(tail.known(), why);
    leave();
  }

  private void end(@Nullable RunEnd end) {
    bodies.interruptAll();
    presence.end(end);
  }

  /** The execution is over here though the run is not. */
  public void leave() {
    try {
      bodies.interruptAll();
    } finally {
      presence.leave();
    }
  }

  private void warnOfLength() {
    if (!warnedOfLength && tail.known() > effects.historyWarning()) {
      warnedOfLength = true;
      effects.warn(
          "its history has passed "
              + effects.historyWarning()
              + " events; end the run and start a successor",
          null);
    }
  }
}
