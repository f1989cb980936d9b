package dev.fantasticfour.world.core.engine.turn;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.core.engine.history.ReplayOrder;
import dev.fantasticfour.world.core.engine.program.Program;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has happened to a run that its code has yet to be told of, and the order in which it is
 * told. Filled while a batch is in flight, worked off in the turn after its answer. Used by one
 * thread at a time.
 */
final class Backlog {

  private final Effects effects;
  private final LogTail tail = new LogTail();
  private final Deque<Event> answers = new ArrayDeque<>(2);
  private final Deque<Signal.Finished> finished = new ArrayDeque<>(2);
  private boolean mustRead;
  private boolean alarmed;

  Backlog(Effects effects) {
    this.effects = effects;
  }

  /**
   * Begins after a log that the code was built up from. What bodies have come to is kept.
   *
   * @param untold events by others in it that the code has yet to be told of
   */
  void begin(List<Event> log, List<Event> untold) {
    tail.begin(log.getLast().position(), untold);
    answers.clear();
  }

  /** A body has come to a result. */
  void finished(Signal.Finished result) {
    finished.add(result);
  }

  /** The alarm that was set has rung. */
  void alarm() {
    alarmed = true;
  }

  /** Others have appended these events. */
  void told(List<Event> events) {
    tail.told(events);
  }

  /** Something was appended; nobody says what, so that the log must be read. */
  void nudged() {
    mustRead = true;
  }

  /**
   * The owner's own events were committed; {@code unseen} are those by others that came before
   * them.
   */
  void committed(List<Event> own, List<Event> unseen) {
    tail.committed(own, unseen);
    for (Event event : own) {
      if (ReplayOrder.roleOf(event) == ReplayOrder.Role.ANSWER) {
        answers.add(event);
      }
    }
  }

  /** Whether nothing has happened that the code was not told of, as far as is known. */
  boolean isEmpty() {
    return !mustRead
        && !alarmed
        && !tail.hasUntold()
        && !tail.hasGap()
        && finished.isEmpty()
        && answers.isEmpty();
  }

  /** Whether bodies have come to results that are not recorded. */
  boolean hasResults() {
    return !finished.isEmpty();
  }

  /** How far the log is known. */
  long known() {
    return tail.known();
  }

  /** The last position such that all events by others up to it have been told. */
  long seen() {
    return tail.seen();
  }

  /** Whether somebody ended the run from outside. */
  boolean isTerminated() {
    return tail.isTerminated();
  }

  /** The log from its beginning, to build the code up from. May block. */
  List<Event> readAll() {
    mustRead = false;
    return effects.history(0);
  }

  /** Reads what the log may have beyond what is known. May block. */
  void readOn() {
    if (mustRead || tail.hasGap()) {
      mustRead = false;
      tail.follow(effects.history(tail.known()));
    }
  }

  /**
   * Tells the code, as long as it goes on: first what the commit before has answered, then events
   * by others, then what its own bodies and timers came to.
   */
  void tell(Program program, Bodies bodies) {
    for (Event answer = answers.poll();
        goesOn(program) && answer != null;
        answer = answers.poll()) {
      ProgramLoader.tell(program, answer);
    }
    for (Event event = next(program); event != null; event = next(program)) {
      effects.telemetry().told(event, effects.now());
      ProgramLoader.tell(program, event);
    }
    bodies.recognise(program.steps());
    // What bodies came to is recorded even if the code cannot be told of it now.
    while ((goesOn(program) || program.standstill() != null) && !finished.isEmpty()) {
      bodies.finish(program, finished.remove());
    }
    if (alarmed && goesOn(program)) {
      alarmed = false;
      bodies.alarm(program, program.ledger().clock());
    }
  }

  private @Nullable Event next(Program program) {
    return goesOn(program) ? tail.next() : null;
  }

  private static boolean goesOn(Program program) {
    return program.standstill() == null && !program.isDetached();
  }
}
