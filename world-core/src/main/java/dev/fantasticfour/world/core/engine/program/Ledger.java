package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.core.engine.history.Divergence;
import dev.fantasticfour.world.core.engine.history.EntityIds;
import dev.fantasticfour.world.core.engine.history.EntityKind;
import dev.fantasticfour.world.core.engine.history.Recorded;
import dev.fantasticfour.world.core.engine.history.RecordedRequest;
import dev.fantasticfour.world.core.port.Draft;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a run wants recorded: gives identity to what its code asks for, compares it with what is
 * recorded already, and collects the drafts of the turn. Also keeps the workflow's clock. Touched
 * only by whoever has control of the strand.
 */
public final class Ledger {

  private static final Set<EventType> GIVING_UP =
      Set.of(EventType.STEP_CANCELLED, EventType.WAIT_CANCELLED, EventType.CHILD_CANCEL_REQUESTED);

  private final EntityIds ids;
  private final InstantSource wall;
  private final AttributeWrites attributes;
  private final StateWrites states = new StateWrites();
  private List<Draft> drafts = new ArrayList<>();
  private final Changes changes;
  private Recorded recorded;

  /** How many events the code is still to be told again after which something is recorded. */
  private int untold;

  private final HistoryCount history = new HistoryCount();
  private long position;
  private Instant now;
  private Instant clock;

  /**
   * @param ids what the run asks for is known by
   * @param wall what the engine's clock says
   * @param begun when the run started: where the workflow's clock begins
   */
  public Ledger(EntityIds ids, Recorded recorded, InstantSource wall, Instant begun) {
    this.ids = ids;
    this.wall = wall;
    this.recorded = recorded;
    this.changes = new Changes(recorded.changes());
    this.attributes = new AttributeWrites(recorded.attributes().initial());
    this.now = begun;
    this.clock = begun;
  }

  /** Something the code asks for. */
  record Asked(String id, Site site, @Nullable RecordedRequest recorded) {

    boolean isNew() {
      return recorded == null;
    }

    /** Whether it runs elsewhere: a step that was recorded stays where it was begun. */
    boolean isQueued(boolean wanted) {
      return recorded == null ? wanted : recorded.queued();
    }

    /** Whether the log holds its outcome. */
    boolean isSettled() {
      return recorded != null && recorded.settled();
    }
  }

  /**
   * Gives identity to what a branch asks for.
   *
   * @throws dev.fantasticfour.world.core.engine.history.Divergence when something else is recorded
   *     there
   */
  Asked ask(EntityKind kind, BranchState branch, String name) {
    history.asked();
    Site site = new Site(name, branch.path(), branch.nextRequest());
    String id = ids.id(kind, branch.path(), name, branch.nextOccurrence(kind, name));
    Optional<RecordedRequest> request = recorded.ask(kind, id, site);
    return new Asked(id, site, request.orElse(null));
  }

  /** The code is about to be told again of that many events after which something is recorded. */
  public void replays(int events) {
    untold = events;
  }

  /**
   * Whether the run comes to a change as something new: the code has been told all after which
   * something is recorded, and has done all of that again, in every branch. What a branch has ahead
   * of it does not count: one that has ended has nothing ahead, though its run has.
   */
  boolean isTaken(String change) {
    return changes.isTaken(change, untold == 0 && recorded.isMatched());
  }

  /** Whether the log says already that the code gave this up. */
  boolean gaveUp(String id) {
    return recorded.gaveUp(id);
  }

  /** Whether the log says already that the code took this update. */
  boolean tookUpdate(String id) {
    return recorded.tookUpdate(id);
  }

  /** Whether the log says already that this update was not taken. */
  boolean refusedUpdate(String id) {
    return recorded.refusedUpdate(id);
  }

  /** Writes what becomes of an update, unless the log says it already. */
  void answer(String id, UpdateFact answer) {
    if (!recorded.answeredUpdate(id)) {
      write(id, answer);
    }
  }

  /** Why the code was told of something that it has not asked for. */
  public Divergence notAsked(Event event) {
    return recorded.notAsked(event);
  }

  /** Whether the log holds the outcome of this already, told or not. */
  boolean isSettled(String id) {
    RecordedRequest request = recorded.byId(id);
    return request != null && request.settled();
  }

  public void write(@Nullable String id, Fact fact) {
    drafts.add(new Draft(id, clock, fact));
  }

  /** The code sets an attribute, or removes it (empty). */
  void set(String name, Optional<AttributeValue> value) {
    attributes.set(name, value, recorded.attributes(), drafts, clock);
  }

  /**
   * Takes back that the code gave something up: its outcome was in the log before that could be
   * recorded.
   */
  void withdrawGivingUp(String id) {
    drafts.removeIf(d -> isGivingUp(d, id));
  }

  private static boolean isGivingUp(Draft draft, String id) {
    return id.equals(draft.correlationId()) && GIVING_UP.contains(draft.fact().type());
  }

  /** The code shows a value under a name. */
  void publish(String name, @Nullable Payload value) {
    states.publish(name, value);
  }

  /**
   * The drafts since the last call, and with them what the code was told of changes: that alone is
   * no reason to append anything.
   */
  public List<Draft> take() {
    states.addTo(drafts, clock);
    List<Draft> taken = drafts;
    drafts = new ArrayList<>();
    if (!taken.isEmpty() && changes.hasUnwritten()) {
      changes.mark(taken);
    }
    return taken;
  }

  /** The same, and last of all the end of the run. */
  public List<Draft> take(Fact end) {
    states.addTo(drafts, clock);
    drafts.add(new Draft(null, clock, end));
    return take();
  }

  /** Whether it has drafts of what is no state. */
  public boolean hasDrafts() {
    return !drafts.isEmpty();
  }

  /** Where in the log stands what the code is told of. */
  long position() {
    return position;
  }

  /** The code begins: what was there before it is no doing of this run. */
  void begins() {
    history.begins();
  }

  /** How much history the run has by now. */
  HistoryCount history() {
    return history;
  }

  /** The workflow's clock. */
  Instant now() {
    return now;
  }

  /**
   * The code is told of something that occurred then.
   *
   * @param at its position in the log; 0 for what its owner itself has come to just now
   */
  void told(Fact fact, Instant occurredAt, long at) {
    history.told(fact);
    position = at;
    untold = Math.max(0, untold - 1);
    if (occurredAt.isAfter(now)) {
      now = occurredAt;
    }
    wallClock(now);
  }

  /** What the engine's clock says; the time of drafts never goes back. */
  public void wallClock(Instant time) {
    if (time.isAfter(clock)) {
      // Cut to what every store keeps; a clock that is cut already is not behind that.
      clock = time.getNano() % 1_000 == 0 ? time : time.truncatedTo(ChronoUnit.MICROS);
    }
  }

  /**
   * The moment at which the code asks for something: what it waits for is counted from here,
   * however long it computed since it was told of anything, and however long ago that was. For what
   * is recorded then, and so need not be the same when the code asks again.
   */
  Instant asking() {
    wallClock(wall.instant());
    return clock;
  }

  /**
   * That long from this moment.
   *
   * @throws WorldException {@code INVALID_ARGUMENT} when that is beyond the end of time, counted
   *     from the workflow's clock, so that the answer is the same whenever the code asks again
   */
  Instant later(Duration duration) {
    try {
      Instant unused = Limits.time(now.plus(duration));
      return Limits.after(asking(), duration);
    } catch (ArithmeticException | DateTimeException e) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          "cannot wait for " + duration + ": beyond the end of time",
          e);
    }
  }

  /** The time that drafts get now. */
  public Instant clock() {
    return clock;
  }

  long seed(String branch, String purpose) {
    return ids.seed(branch, purpose);
  }

  /**
   * Everything recorded has been told: checks that the code has asked for all of it.
   *
   * @param hash what tells two values apart
   */
  public void endReplay(Function<@Nullable Payload, String> hash) {
    untold = 0;
    recorded.checkComplete();
    states.endReplay(recorded.published(), hash);
    recorded = Recorded.nothing();
  }
}
