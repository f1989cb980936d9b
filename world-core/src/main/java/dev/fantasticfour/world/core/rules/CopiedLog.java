package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.HookFact;
import dev.fantasticfour.world.api.event.SendFact;
import dev.fantasticfour.world.api.run.Hold;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.RunCopies.RunCopy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The log that a run begins with, as a store keeps it: placed, with what it comes to. A store asks
 * under its lock, after it has seen that there is no such run.
 *
 * @param creation what the run is created from
 * @param events as they are kept, at least one
 * @param liveHooks hooks that are live at the end, by id, of which alone there are rows and tokens
 * @param custody what is beside the log
 * @param isOver whether the log ends the run
 */
public record CopiedLog(
    Fact.RunCreated creation,
    List<Event> events,
    Map<String, HookRecord> liveHooks,
    Custody custody,
    boolean isOver) {

  /**
   * What is to be kept.
   *
   * @param now the store's clock
   * @throws WorldException {@code INVALID_ARGUMENT} when the rules do not allow such a log
   */
  public static CopiedLog of(RunCopy copy, Instant now) {
    if (copy.log().isEmpty()
        || !(copy.log().getFirst().fact() instanceof Fact.RunCreated creation)) {
      throw invalid(copy, "does not begin with run_created");
    }
    List<Event> placed = placed(copy, now);
    List<String> faults = LogGrammar.faults(placed);
    if (!faults.isEmpty() || !placed.getFirst().run().equals(copy.run())) {
      throw invalid(copy, faults.isEmpty() ? "is that of another run" : faults.getFirst());
    }
    RunFold fold = RunFold.of(placed);
    boolean isOver = fold.status().isFinal();
    Custody custody = isOver ? Custody.NEW.due(Due.NEVER) : Custody.of(creation);
    RunCopy.Held held = copy.held();
    return new CopiedLog(
        creation,
        placed,
        fold.hooks().live(),
        held == null || isOver ? custody : custody.held(new Hold(now, held.reason(), held.by())),
        isOver);
  }

  private static List<Event> placed(RunCopy copy, Instant now) {
    List<Event> placed = new ArrayList<>(copy.log().size());
    EventIds ids = new EventIds(copy.run());
    Instant at = AsStored.cut(now);
    for (Event given : copy.log()) {
      Draft stored =
          AsStored.draft(new Draft(given.correlationId(), given.occurredAt(), given.fact()));
      Instant createdAt = copy.asItWas() ? AsStored.cut(given.createdAt()) : at;
      placed.add(
          new Event(
              copy.run(),
              given.position(),
              ids.at(given.position(), createdAt),
              createdAt,
              stored.occurredAt(),
              stored.correlationId(),
              given.batchId(),
              given.seen(),
              stored.fact()));
      at = at.plus(Sequencer.TICK);
    }
    return List.copyOf(placed);
  }

  /**
   * Whether an event leaves nothing but itself: what it says was done when it was first said, or
   * the hook it is about is no more.
   */
  public boolean isBare(Event event) {
    String about = event.correlationId();
    return switch (event.fact()) {
      case SendFact f -> true;
      case ChildFact.CancelRequested f -> true;
      case HookFact.Carried f -> !isLive(about, event);
      case Fact.HookCreated f -> !isLive(about, event);
      case Fact.HookDisposed f -> true;
      case Fact other -> false;
    };
  }

  private boolean isLive(@Nullable String hook, Event event) {
    HookRecord live = hook == null ? null : liveHooks.get(hook);
    return live != null && live.createdAt().equals(event.createdAt());
  }

  /** The position of the newest event that no owner wrote. */
  public long lastByOthers() {
    return events.stream().filter(e -> !e.byOwner()).mapToLong(Event::position).max().orElse(0);
  }

  /** Ids of batches by others that are found in the whole store: that of a creation is not. */
  public Set<String> foundAnywhere() {
    return events.stream()
        .filter(event -> !event.byOwner() && event.position() > 1)
        .map(Event::batchId)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static WorldException invalid(RunCopy copy, String fault) {
    return new WorldException(
        ErrorCode.INVALID_ARGUMENT,
        "the log that run " + copy.run() + " is to begin with cannot be one: it " + fault);
  }
}
