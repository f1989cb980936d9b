package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.event.SendFact;
import dev.fantasticfour.world.api.run.ChildRecord;
import dev.fantasticfour.world.api.run.ChildStatus;
import dev.fantasticfour.world.api.run.Parent;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Target;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one run owes to another: an event for that run's log. It is kept in the unit of the event
 * that causes it and moved in a unit of its own, under an id that follows from its cause; so it
 * enters once, however often it is moved (F2).
 *
 * @param id also that of the batch that moves it
 * @param target the run it is for
 * @param source the run that owes it
 * @param draft what enters the log of the target
 */
public record Relay(String id, RunId target, RunId source, Draft draft) {

  /** What every id starts with; the source and the position of the cause follow. */
  public static final String PREFIX = "rely_";

  /** Why a child is cancelled or terminated whose parent has ended. */
  public static final String PARENT_ENDED = "the run that started it has ended";

  /**
   * What a run owes because of an event: what it sends, that it asks a child to cancel itself, and
   * when it ends, what its parent and its children hear of that. Nothing for most events.
   *
   * @param before the run as it was before the event
   */
  public static List<Relay> of(Event event, RunFold before) {
    return switch (event.fact()) {
      case SendFact.SignalSent sent ->
          List.of(
              owed(
                  event,
                  new RunId(sent.targetRun()),
                  null,
                  new RunFact.SignalReceived(sent.name(), null, sent.payload())));
      case ChildFact.CancelRequested asked -> {
        ChildRecord child = before.children().get(String.valueOf(event.correlationId()));
        yield child == null
            ? List.of()
            : List.of(
                owed(event, child.childRun(), null, new Fact.CancelRequested(asked.reason())));
      }
      // Whoever goes on in its place has its parent and its children.
      case RunFact.Continued continued -> List.of();
      case RunFact fact when event.type().endsRun() -> atEnd(event, fact, before);
      default -> List.of();
    };
  }

  private static List<Relay> atEnd(Event event, RunFact end, RunFold before) {
    List<Relay> owed = new ArrayList<>();
    Parent parent = before.creation().map(Fact.RunCreated::parent).orElse(null);
    if (parent != null) {
      owed.add(
          owed(event, new RunId(parent.run()), parent.child(), outcome(event.run().value(), end)));
    }
    for (ChildRecord child : before.children().values()) {
      Fact told = closing(child);
      if (told != null) {
        String id = idOf(event) + "_" + child.childId();
        owed.add(
            new Relay(
                id, child.childRun(), event.run(), new Draft(null, event.occurredAt(), told)));
      }
    }
    return owed;
  }

  private static Relay owed(Event event, RunId target, @Nullable String about, Fact fact) {
    return new Relay(idOf(event), target, event.run(), new Draft(about, event.occurredAt(), fact));
  }

  /** The id of what a run owes because of an event, where that is one thing at most. */
  public static String idOf(Event event) {
    return PREFIX + event.run().value() + "_" + event.position();
  }

  /** What a parent is told of a child that ended so. */
  public static ChildFact outcome(String run, RunFact end) {
    return switch (end) {
      case Fact.RunCompleted f -> new ChildFact.Completed(run, f.output());
      case Fact.RunFailed f -> new ChildFact.Failed(run, f.error(), f.errorCode());
      case Fact.RunCancelled f -> new ChildFact.Cancelled(run, f.reason(), false);
      case Fact.RunTerminated f -> new ChildFact.Cancelled(run, f.reason(), true);
      default -> throw new IllegalArgumentException(end.type().word() + " ends no run");
    };
  }

  /** What a child is told when its parent ends before it; null when it is told nothing. */
  private static @Nullable Fact closing(ChildRecord child) {
    if (child.status() != ChildStatus.OPEN) {
      return null;
    }
    return switch (child.closePolicy()) {
      case REQUEST_CANCEL -> new Fact.CancelRequested(PARENT_ENDED);
      case TERMINATE -> new Fact.RunTerminated(PARENT_ENDED);
      case ABANDON -> null;
    };
  }

  /** The same, owed to the run that goes on in place of its target. */
  public Relay onward(RunId to) {
    return new Relay(id, to, source, draft);
  }

  /** The batch that moves it. */
  public Batch batch() {
    return new Batch(id, new Target.OfRun(target), new Authority.Relay(id), null, List.of(draft));
  }
}
