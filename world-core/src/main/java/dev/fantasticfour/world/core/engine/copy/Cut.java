package dev.fantasticfour.world.core.engine.copy;

import dev.fantasticfour.world.api.error.Failure;
import dev.fantasticfour.world.api.error.StepFailedException;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.rules.FactParts;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Before which event a log is cut, so that what follows happens anew. Pure.
 *
 * <p>What a run failed of is read from what it let out: the message of a failed step names the
 * step, how it failed and after how many attempts, and that of a failed child its run, so that each
 * leads to one event.
 */
final class Cut {

  private static final Set<EventType> GIVEN_UP =
      EnumSet.of(
          EventType.HOOK_DISPOSED,
          EventType.STEP_CANCELLED,
          EventType.WAIT_CANCELLED,
          EventType.CHILD_CANCEL_REQUESTED,
          EventType.UPDATE_REJECTED,
          EventType.UPDATE_FAILED);

  private Cut() {}

  /**
   * Where a log is cut.
   *
   * @param at the position of the first event that is dropped
   * @param anew the id of the step that is done anew with all its attempts, whose events before
   *     that are dropped, too; null when there is none
   */
  record Place(long at, @Nullable String anew) {}

  /**
   * Where a run that failed or was cancelled goes on: before the outcome that its code let out;
   * before what its code gave up when it threw something of its own; before it was asked to cancel
   * itself.
   *
   * @param log of a run that has ended, whole
   */
  static Place ofRetry(List<Event> log, PayloadCodec codec) {
    Event last = log.getLast();
    if (!(last.fact() instanceof Fact.RunFailed failed)) {
      return new Place(cancelled(log, last), null);
    }
    Optional<Event> culprit = culprit(log, codec.decodeFailure(failed.error()), codec);
    return culprit
        .map(
            event ->
                new Place(
                    event.position(),
                    event.type() == EventType.STEP_FAILED ? event.correlationId() : null))
        .orElseGet(() -> new Place(givingUp(log, last), null));
  }

  /** What code gives up while something is thrown through it, it would not have if it were not. */
  private static long givingUp(List<Event> log, Event last) {
    long at = last.position();
    while (at > 1) {
      Event before = log.get((int) at - 2);
      if (!before.batchId().equals(last.batchId()) || !GIVEN_UP.contains(before.type())) {
        return at;
      }
      at--;
    }
    return at;
  }

  /** Asking it came before; what ended it from outside answered its updates in the same batch. */
  private static long cancelled(List<Event> log, Event last) {
    return log.stream()
        .filter(
            event ->
                event.type() == EventType.CANCEL_REQUESTED
                    || event.batchId().equals(last.batchId()))
        .findFirst()
        .orElse(last)
        .position();
  }

  /** The event that says what the code let out, or the creation of the child that failed. */
  private static Optional<Event> culprit(List<Event> log, Failure thrown, PayloadCodec codec) {
    List<String> messages = new ArrayList<>();
    for (Failure each = thrown; each != null; each = each.cause()) {
      messages.add(String.valueOf(each.message()));
    }
    Map<String, Event> children = new HashMap<>();
    Map<String, String> names = new HashMap<>();
    Event found = null;
    for (Event event : log) {
      String about = String.valueOf(event.correlationId());
      switch (event.fact()) {
        case ChildFact.Created created -> children.put(created.childRun(), event);
        case ChildFact.Failed failed when said(messages, "(run " + failed.childRun() + ")") ->
            found = children.getOrDefault(failed.childRun(), event);
        case ChildFact.Cancelled gone when said(messages, "(run " + gone.childRun() + ")") ->
            found = children.getOrDefault(gone.childRun(), event);
        case Fact.StepCreated created -> names.put(about, created.site().name());
        case Fact.StepFailed failed -> {
          String name =
              failed.site() == null ? names.getOrDefault(about, "") : failed.site().name();
          // Of several that failed alike the first whose branch went no further.
          if (found == null && messages.contains(message(name, failed, codec))) {
            found = wentOn(log, event) ? null : event;
          }
        }
        default -> {}
      }
    }
    return Optional.ofNullable(found);
  }

  /** Whether the branch of a step asked for another one after it had failed. */
  private static boolean wentOn(List<Event> log, Event failed) {
    Site site = FactParts.site(failed.fact());
    return site != null
        && log.subList((int) failed.position(), log.size()).stream()
            .map(event -> FactParts.site(event.fact()))
            .anyMatch(
                other ->
                    other != null
                        && other.branch().equals(site.branch())
                        && other.index() > site.index());
  }

  private static boolean said(List<String> messages, String part) {
    return messages.stream().anyMatch(message -> message.contains(part));
  }

  private static String message(String step, Fact.StepFailed failed, PayloadCodec codec) {
    StepFailedException.Reason reason = StepFailedException.Reason.RETRIES_EXHAUSTED;
    for (StepFailedException.Reason each : StepFailedException.Reason.values()) {
      reason = each.name().equals(failed.errorCode()) ? each : reason;
    }
    return String.valueOf(
        new StepFailedException(step, reason, failed.attempt(), codec.decodeFailure(failed.error()))
            .getMessage());
  }

  /**
   * Children that were cancelled only because the run had ended must be begun anew: the cut lies
   * before the first of them that it would leave open.
   *
   * @param lost whether a run is one of these
   */
  static long beforeLostChildren(List<Event> log, long cut, Predicate<RunId> lost) {
    long before = cut;
    long next = cut;
    do {
      before = next;
      for (Event begun : openChildren(log, before)) {
        if (begun.fact() instanceof ChildFact.Created child
            && lost.test(new RunId(child.childRun()))) {
          next = Math.min(next, begun.position());
        }
      }
    } while (next < before);
    return next;
  }

  /** What says of children that they were begun, of those that are open before a position. */
  static List<Event> openChildren(List<Event> log, long cut) {
    Map<String, Event> open = new LinkedHashMap<>();
    for (Event event : log.subList(0, (int) cut - 1)) {
      String about = String.valueOf(event.correlationId());
      switch (event.fact()) {
        case ChildFact.Created f -> open.put(about, event);
        case ChildFact.Carried f -> open.put(about, event);
        case ChildFact.Completed f -> open.remove(about);
        case ChildFact.Failed f -> open.remove(about);
        case ChildFact.Cancelled f -> open.remove(about);
        default -> {}
      }
    }
    return List.copyOf(open.values());
  }
}
