package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.event.Birth;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.HookFact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.run.ChildRecord;
import dev.fantasticfour.world.api.run.ChildStatus;
import dev.fantasticfour.world.api.run.Hold;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.StateRecord;
import dev.fantasticfour.world.core.port.Draft;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The runs that come to be with a batch: what their logs begin with. */
public final class Births {

  private final String batchId;
  private final String taskQueue;
  private final Pin pin;
  private final @Nullable Hold hold;
  private final Instant now;
  private final List<Born> born = new ArrayList<>();

  /**
   * @param taskQueue that of the run whose batch it is
   * @param pin of that run
   * @param hold of that run, which whoever goes on in its place is under as well
   */
  Births(String batchId, String taskQueue, Pin pin, @Nullable Hold hold, Instant now) {
    this.batchId = batchId;
    this.taskQueue = taskQueue;
    this.pin = pin;
    this.hold = hold;
    this.now = now;
  }

  /** The runs that drafts create, by id, whether they are accepted or not. */
  public static Map<RunId, Birth> of(List<Draft> drafts) {
    Map<RunId, Birth> births = Map.of();
    for (Draft draft : drafts) {
      Birth birth = of(draft.fact());
      if (birth != null) {
        births = births.isEmpty() ? new HashMap<>() : births;
        births.put(runOf(draft.fact()), birth);
      }
    }
    return births;
  }

  /** How the run begins that comes to be with a fact; null for most. */
  static @Nullable Birth of(Fact fact) {
    return switch (fact) {
      case ChildFact.Created child -> child.birth();
      case RunFact.Continued continued -> continued.birth();
      default -> null;
    };
  }

  private static RunId runOf(Fact fact) {
    return switch (fact) {
      case ChildFact.Created child -> new RunId(child.childRun());
      case RunFact.Continued continued -> new RunId(continued.nextRun());
      default -> throw new IllegalArgumentException("no run comes to be with " + fact.type());
    };
  }

  List<Born> born() {
    return born;
  }

  /** A child exists from now on. */
  void child(Event created, Birth birth) {
    RunId run = runOf(created.fact());
    Fact.RunCreated creation = pinned(birth);
    add(run, List.of(new Draft(null, created.occurredAt(), creation)), Custody.of(creation));
  }

  /**
   * A run goes on in place of another.
   *
   * @param from the one before, as it was before it handed over
   * @param left events of its log that it leaves: what its code was told of and has not read, and
   *     what it was not told of, in order
   */
  void successor(Event continued, Birth birth, Heritage from, List<Event> left) {
    RunId run = runOf(continued.fact());
    Instant occurredAt = continued.occurredAt();
    Map<String, AttributeValue> attributes = new TreeMap<>(from.attributes());
    attributes.putAll(birth.creation().attributes());
    Fact.RunCreated creation = pinned(birth).with(attributes);
    List<Draft> drafts = new ArrayList<>();
    drafts.add(new Draft(null, occurredAt, creation));
    Set<String> taken = new HashSet<>();
    for (HookRecord hook : from.hooks()) {
      taken.add(hook.id());
      drafts.add(
          new Draft(
              hook.id(),
              occurredAt,
              new HookFact.Carried(hook.token(), hook.name(), hook.metadata(), hook.webhook())));
    }
    Set<String> unheard =
        left.stream()
            .filter(event -> event.type().subject() == EventType.Subject.CHILD)
            .map(event -> String.valueOf(event.correlationId()))
            .collect(Collectors.toSet());
    for (ChildRecord child : from.children()) {
      if (child.status() == ChildStatus.OPEN || unheard.contains(child.childId())) {
        taken.add(child.childId());
        drafts.add(
            new Draft(
                child.childId(),
                occurredAt,
                new ChildFact.Carried(
                    child.childRun().value(),
                    child.workflow(),
                    child.closePolicy(),
                    child.run().value())));
      }
    }
    from.states().stream()
        .sorted(Comparator.comparing(StateRecord::name))
        .map(state -> new RunFact.StatePublished(state.name(), state.value()))
        .forEach(fact -> drafts.add(new Draft(null, occurredAt, fact)));
    for (Event event : left) {
      if (isTakenOver(event, taken)) {
        drafts.add(new Draft(event.correlationId(), occurredAt(event, occurredAt), event.fact()));
      }
    }
    Custody custody = Custody.of(creation);
    add(run, drafts, hold == null ? custody : custody.held(hold));
  }

  private Fact.RunCreated pinned(Birth birth) {
    Fact.RunCreated creation = birth.creation();
    boolean inherits = birth.inheritsPin() && creation.taskQueue().equals(taskQueue);
    return inherits ? creation.pinned(pin) : creation;
  }

  /** The times of a log do not go back, and it begins now. */
  private static Instant occurredAt(Event event, Instant begun) {
    return event.occurredAt().isAfter(begun) ? event.occurredAt() : begun;
  }

  private static boolean isTakenOver(Event event, Set<String> taken) {
    return switch (event.type()) {
      case SIGNAL_RECEIVED, UPDATE_REQUESTED, CANCEL_REQUESTED -> true;
      case HOOK_RECEIVED, CHILD_COMPLETED, CHILD_FAILED, CHILD_CANCELLED ->
          taken.contains(String.valueOf(event.correlationId()));
      default -> false;
    };
  }

  private void add(RunId run, List<Draft> drafts, Custody custody) {
    List<Ruling.Entry> entries =
        drafts.stream()
            .map(draft -> new Ruling.Entry(AsStored.draft(draft), Event.NOT_BY_OWNER))
            .toList();
    List<Event> events = Sequencer.of(run, batchId, entries, 0, now, now);
    born.add(new Born(run, events, custody));
  }
}
