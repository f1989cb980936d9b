package dev.fantasticfour.world.core.engine.history;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * In which order events reach the code of a run.
 *
 * <p>While a run is live, a turn tells it first what the commit before has answered (a hook is
 * registered, a token was taken), then events by others, then outcomes of the owner's own steps and
 * timers, which are appended at the end of that turn in a batch that states in {@code seen} how far
 * it had come. Told again: for each batch of the owner first the events by others up to its {@code
 * seen}, then its outcomes, then what its commit answered. Events by others that no batch has seen
 * are left for the live run.
 */
public final class ReplayOrder {

  private ReplayOrder() {}

  /** What an event is to the code that is told of it. */
  public enum Role {
    /** The result of something the code asked for, or an event by somebody else. */
    OUTCOME,
    /** The store's answer to something the code asked for in the batch it stands in. */
    ANSWER,
    /** A record of what the code asked for, or of no concern to it. */
    RECORD
  }

  /**
   * A log told again.
   *
   * @param before what came with the creation of the run, or was left to it: told before its code
   *     begins
   * @param lastAnswers how many of those told, at their end, the last commit of the owner has
   *     answered: after them nothing is recorded
   */
  public record Replay(List<Event> before, List<Event> told, List<Event> untold, int lastAnswers) {
    public Replay {
      before = List.copyOf(before);
      told = List.copyOf(told);
      untold = List.copyOf(untold);
    }
  }

  /** The order for a whole log. */
  public static Replay of(List<Event> log) {
    List<Event> told = new ArrayList<>(log.size());
    List<Event> before = new ArrayList<>(0);
    Deque<Event> others = new ArrayDeque<>();
    for (Event event : log) {
      if (!event.byOwner() && roleOf(event) == Role.OUTCOME) {
        (isBefore(log, event) ? before : others).add(event);
      }
    }
    int lastAnswers = 0;
    int i = 0;
    while (i < log.size()) {
      if (!log.get(i).byOwner()) {
        i++;
        continue;
      }
      int end = endOfBatch(log, i);
      tellUpTo(log.get(i).seen(), others, told);
      List<Event> batch = log.subList(i, end);
      batch.stream().filter(e -> roleOf(e) == Role.OUTCOME).forEach(told::add);
      List<Event> answers = batch.stream().filter(e -> roleOf(e) == Role.ANSWER).toList();
      told.addAll(answers);
      lastAnswers = answers.size();
      i = end;
    }
    return new Replay(before, told, List.copyOf(others), lastAnswers);
  }

  /**
   * What came together with the creation of the run; to cancel itself only running code is told.
   */
  private static boolean isBefore(List<Event> log, Event event) {
    Event first = log.getFirst();
    return first.type() == EventType.RUN_CREATED
        && event.batchId().equals(first.batchId())
        && event.type() != EventType.CANCEL_REQUESTED;
  }

  /** What an event is to the code. */
  public static Role roleOf(Event event) {
    return roleOf(event.type());
  }

  /** What an event of that type is to the code. */
  public static Role roleOf(EventType type) {
    return switch (type) {
      case STEP_COMPLETED,
          STEP_FAILED,
          WAIT_COMPLETED,
          HOOK_RECEIVED,
          HOOK_CARRIED,
          CANCEL_REQUESTED,
          SIGNAL_RECEIVED,
          CHILD_COMPLETED,
          CHILD_FAILED,
          CHILD_CANCELLED,
          CHILD_CARRIED,
          PERMIT_GRANTED,
          PERMIT_REVOKED,
          UPDATE_REQUESTED ->
          Role.OUTCOME;
      case HOOK_CREATED, HOOK_CONFLICT, CHILD_CREATED, CHILD_CONFLICT -> Role.ANSWER;
      case RUN_CREATED,
          RUN_STARTED,
          RUN_COMPLETED,
          RUN_FAILED,
          RUN_CANCELLED,
          RUN_TERMINATED,
          RUN_CONTINUED,
          RUN_DEFERRED,
          STATE_PUBLISHED,
          ATTRIBUTES_SET,
          CHANGE_MARKED,
          STEP_CREATED,
          STEP_STARTED,
          STEP_RETRYING,
          STEP_CANCELLED,
          HOOK_DISPOSED,
          WAIT_CREATED,
          WAIT_CANCELLED,
          CHILD_CANCEL_REQUESTED,
          SIGNAL_SENT,
          PERMIT_REQUESTED,
          PERMIT_RELEASED,
          UPDATE_ACCEPTED,
          UPDATE_REJECTED,
          UPDATE_COMPLETED,
          UPDATE_FAILED ->
          Role.RECORD;
    };
  }

  /** When the run started: its clock begins there, however long it had to wait for a worker. */
  public static Optional<Instant> started(List<Event> log) {
    return log.stream()
        .filter(event -> event.fact() instanceof Fact.RunStarted)
        .map(Event::occurredAt)
        .findFirst();
  }

  private static void tellUpTo(long seen, Deque<Event> others, List<Event> told) {
    for (Event next = others.peek();
        next != null && next.position() <= seen;
        next = others.peek()) {
      told.add(others.remove());
    }
  }

  private static int endOfBatch(List<Event> log, int start) {
    String batch = log.get(start).batchId();
    int end = start;
    while (end < log.size() && log.get(end).byOwner() && log.get(end).batchId().equals(batch)) {
      end++;
    }
    return end;
  }
}
