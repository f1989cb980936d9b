package dev.fantasticfour.world.core.engine.run;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.dispatch.Strand;
import dev.fantasticfour.world.core.engine.replay.Delivery;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Target;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The turns of one execution: what each signal changes, and what is done about it. One batch is in
 * flight at most, and everything that happens meanwhile waits for the turn after its answer. Used
 * by one thread at a time; the volatile members are read by any.
 */
final class Turns {

  private final Host host;
  private final RunExecution execution;
  private final ProgramLoader loader;
  private final LogTail tail = new LogTail();
  private final Deque<Event> answers = new ArrayDeque<>();
  private final Deque<Signal.Finished> finished = new ArrayDeque<>();
  private final Bodies bodies;
  private volatile @Nullable Strand strand;
  private @Nullable Program program;
  private @Nullable Batch inFlight;
  private @Nullable String standsBecause;
  private Due storedDue = Due.NOW;
  private boolean mustRead;
  private boolean mustReload;
  private boolean alarmed;
  private boolean leaving;
  private boolean warnedOfLength;
  private volatile boolean parked;
  private volatile boolean over;

  Turns(Host host, RunExecution execution, Definition<?, ?> definition, PayloadCodec codec) {
    this.host = host;
    this.execution = execution;
    this.loader = new ProgramLoader(host, execution, definition, codec);
    this.bodies = new Bodies(host, execution);
  }

  /** Whether it only waits for something outside. */
  boolean isParked() {
    return parked;
  }

  /** Whether it is over here. */
  boolean isOver() {
    return over;
  }

  @Nullable Strand strand() {
    return strand;
  }

  /** Takes note of what has happened; {@link #advance} acts on it. */
  void take(Signal signal) {
    if (over) {
      return;
    }
    switch (signal) {
      case Signal.Begin begin -> load(begin.log());
      case Signal.Finished result -> finished.add(result);
      case Signal.RunsLong running -> bodies.recordStart(running.stepId(), running.attempt());
      case Signal.Alarm alarm -> alarmed = true;
      case Signal.Told told -> {
        tail.told(told.events());
        storedDue = Due.NOW;
      }
      case Signal.Nudged nudged -> {
        mustRead = true;
        storedDue = Due.NOW;
      }
      case Signal.Answered answered -> answered(answered);
      case Signal.Evict evict -> {
        if (parked && !hasNews()) {
          leave();
        }
      }
      case Signal.Leave leave -> leaving = true;
      case Signal.Detach detach -> leave();
    }
  }

  private boolean hasNews() {
    return inFlight != null
        || mustRead
        || alarmed
        || tail.hasUntold()
        || tail.hasGap()
        || !finished.isEmpty()
        || !answers.isEmpty();
  }

  /** Brings what is known up to date and takes a turn, unless a batch is in flight. */
  void advance() {
    if (over || inFlight != null) {
      return;
    }
    if (leaving && finished.isEmpty()) {
      leave();
      return;
    }
    if (mustReload) {
      mustReload = false;
      mustRead = false;
      load(host.history(execution.run(), 0));
    } else if (mustRead || tail.hasGap()) {
      mustRead = false;
      tail.follow(host.history(execution.run(), tail.known()));
    }
    Program current = program;
    if (tail.isTerminated()) {
      end(false);
    } else if (current != null) {
      turn(current);
    }
  }

  /** Builds the code up from its log. */
  private void load(List<Event> log) {
    ProgramLoader.Loaded loaded = loader.load(log, fresh -> strand = fresh);
    program = loaded.program();
    tail.begin(log.getLast().position(), loaded.untold());
    answers.clear();
    standsBecause = null;
    bodies.adopt(loaded.program().steps());
  }

  private void turn(Program current) {
    current.ledger().wallClock(host.now());
    tellAll(current);
    String standstill = current.standstill();
    if (standstill != null) {
      standAfterOutcomes(current, standstill);
      return;
    }
    if (current.isDetached()) {
      leave();
      return;
    }
    bodies.interrupt(current.steps().takeInterrupted());
    Fact end = current.end();
    if (end != null) {
      current.ledger().write(null, end);
    }
    List<Draft> drafts = current.ledger().take();
    bodies.planMessages(current);
    if (drafts.isEmpty()) {
      bodies.start(current.steps());
      settle(current);
      return;
    }
    // Code that awaits the store's answer goes on as soon as it is committed, whoever is there
    // then.
    boolean awaitsAnswer = drafts.stream().anyMatch(d -> d.fact().type() == EventType.HOOK_CREATED);
    Due due = awaitsAnswer ? Due.NOW : due(current);
    append(new Authority.Owner(host.worker(), execution.epoch(), tail.seen(), due), drafts);
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
    Instant alarm = bodies.nextAlarm(current);
    host.alarmAt(execution, alarm);
    boolean waits = !bodies.anyRunning();
    if (waits) {
      Due wanted = due(current);
      if (!wanted.equals(storedDue)) {
        if (!host.reschedule(execution.run(), execution.epoch(), tail.seen(), wanted)) {
          leave();
          return;
        }
        storedDue = wanted;
      }
    }
    if (parked != waits) {
      parked = waits;
      host.parked(execution, waits);
    }
  }

  private Due due(Program current) {
    if (current.hasEnded()) {
      return execution.usedStreams() ? Due.NOW : Due.NEVER;
    }
    if (bodies.anyToRun(current.steps())) {
      return Due.NOW;
    }
    Instant alarm = bodies.nextAlarm(current);
    return alarm == null ? Due.NEVER : new Due.At(alarm);
  }

  private void append(Authority.Owner authority, List<Draft> drafts) {
    Batch batch =
        new Batch(host.batchId(), new Target.OfRun(execution.run()), authority, null, drafts);
    inFlight = batch;
    if (parked) {
      parked = false;
      host.parked(execution, false);
    }
    host.append(batch)
        .whenComplete((result, failure) -> execution.signal(new Signal.Answered(result, failure)));
  }

  private void answered(Signal.Answered answered) {
    Batch batch = inFlight;
    inFlight = null;
    AppendResult result = answered.result();
    if (batch == null || result == null) {
      if (answered.failure() != null && !host.isClosing()) {
        stand("an append failed: " + answered.failure().getMessage());
      } else {
        leave();
      }
      return;
    }
    switch (result) {
      case AppendResult.Appended appended -> committed(batch, appended.events(), appended.unseen());
      case AppendResult.Repeated repeated -> committed(batch, repeated.events(), repeated.unseen());
      case AppendResult.Stale stale -> stale(batch, stale.missing());
      case AppendResult.Fenced fenced -> leave();
      case AppendResult.Closed closed -> end(false);
      case AppendResult.Conflict refused ->
          stand("the store refused " + batch.id() + ": " + refused);
      case AppendResult.NotFound refused ->
          stand("the store refused " + batch.id() + ": " + refused);
      case AppendResult.TooEarly refused ->
          stand("the store refused " + batch.id() + ": " + refused);
      case AppendResult.Busy busy -> stand("the store answered Busy to a single batch");
    }
  }

  private void committed(Batch batch, List<Event> own, List<Event> unseen) {
    tail.committed(own, unseen);
    storedDue = unseen.isEmpty() ? ((Authority.Owner) batch.authority()).due() : Due.NOW;
    own.stream().filter(e -> Delivery.roleOf(e) == Delivery.Role.ANSWER).forEach(answers::add);
    warnOfLength();
    Program current = program;
    if (standsBecause != null) {
      stand(standsBecause);
      return;
    }
    if (mustReload || current == null) {
      return;
    }
    if (own.stream().anyMatch(e -> e.type().endsRun())) {
      end(true);
      return;
    }
    // All that was asked for before this batch is in it: its bodies need not wait for what follows.
    bodies.start(current.steps());
  }

  /**
   * The code decided without knowing events that change what it may decide. Nothing of its decision
   * was recorded; its own outcomes are kept, now after those events, and the code is built up again
   * from the log.
   */
  private void stale(Batch batch, List<Event> missing) {
    Strand old = strand;
    if (old != null) {
      old.detach();
    }
    program = null;
    mustReload = true;
    List<Draft> outcomes = Bodies.outcomesOf(batch.drafts(), missing);
    if (!outcomes.isEmpty()) {
      long seen = missing.getLast().position();
      append(new Authority.Owner(host.worker(), execution.epoch(), seen, Due.NOW), outcomes);
    }
  }

  /** Before the run stands, what its bodies came to is recorded, lest they run again. */
  private void standAfterOutcomes(Program current, String reason) {
    List<Draft> outcomes = Bodies.outcomesOf(current.ledger().take(), List.of());
    if (outcomes.isEmpty()) {
      stand(reason);
      return;
    }
    standsBecause = reason;
    append(new Authority.Owner(host.worker(), execution.epoch(), tail.seen(), Due.NOW), outcomes);
  }

  private void stand(String reason) {
    host.stall(execution, tail.known(), reason);
    leave();
  }

  private void end(boolean byItself) {
    over = true;
    stop();
    host.ended(execution, byItself);
    execution.over();
  }

  /** The execution is over here though the run is not. */
  void leave() {
    if (!over) {
      over = true;
      stop();
      host.gone(execution);
      execution.over();
    }
  }

  private void stop() {
    host.alarmAt(execution, null);
    bodies.interruptAll();
    Strand current = strand;
    if (current != null && current.alive() > 0) {
      current.detach();
    }
  }

  private void warnOfLength() {
    if (!warnedOfLength && tail.known() > host.historyWarning()) {
      warnedOfLength = true;
      host.warn(
          execution,
          "its history has passed "
              + host.historyWarning()
              + " events; end the run and start a successor",
          null);
    }
  }
}
