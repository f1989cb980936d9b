package dev.fantasticfour.world.core.engine.history;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.core.rules.FactParts;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a log says the code has asked for, branch by branch and request by request; compared with
 * what the code asks for now (law L6). For one thread.
 */
public final class Recorded {

  /** What every run has recorded once it was told all of it; nothing is ever noted in it. */
  private static final Recorded NOTHING = new Recorded(List.of());

  private final Map<String, NavigableMap<Integer, RecordedRequest>> byBranch = new HashMap<>();
  private final Map<String, RecordedRequest> byId = new LinkedHashMap<>();
  private final RecordedAttributes attributes = new RecordedAttributes();

  private final Map<String, Boolean> changes = new HashMap<>();

  /** Children that were asked to cancel themselves. */
  private final Set<String> cancelled = new HashSet<>();

  /** What the code has still to do again: requests, and what it gave up, and its end. */
  private int unmatched;

  private final RecordedUpdates updates = new RecordedUpdates();
  private final Map<String, Optional<Payload>> published = new HashMap<>();

  /** An empty record: everything the code asks for is new. */
  public static Recorded nothing() {
    return NOTHING;
  }

  public Recorded(List<Event> log) {
    log.forEach(this::read);
  }

  /**
   * Compares what the code asks for with the record.
   *
   * @return what is recorded of it, or empty when it is new
   * @throws Divergence when something else is recorded there
   */
  public Optional<RecordedRequest> ask(EntityKind kind, String id, Site site) {
    NavigableMap<Integer, RecordedRequest> branch = byBranch.get(site.branch());
    if (branch == null) {
      return Optional.empty();
    }
    RecordedRequest recorded = branch.get(site.index());
    if (recorded != null) {
      if (recorded.kind != kind || !recorded.id.equals(id)) {
        throw Divergence.different(recorded, kind, site);
      }
      unmatched -= recorded.asked ? 0 : 1;
      recorded.asked = true;
      return Optional.of(recorded);
    }
    Map.Entry<Integer, RecordedRequest> later = branch.higherEntry(site.index());
    if (later != null) {
      throw Divergence.inserted(kind, site, later.getValue());
    }
    return Optional.empty();
  }

  /**
   * Whether the log says that the code disposed this hook, or gave up this step or wait; it has now
   * done so again.
   */
  public boolean gaveUp(String id) {
    RecordedRequest request = byId.get(id);
    if (request == null) {
      // A child that came over from the run before was asked for there.
      return cancelled.contains(id);
    }
    if (!request.givenUp) {
      return false;
    }
    unmatched -= request.gaveUpAgain ? 0 : 1;
    request.gaveUpAgain = true;
    return true;
  }

  /**
   * Whether the code has done again everything that is recorded, in all of its branches and
   * handlers of updates: what it does next it may never have done before.
   */
  public boolean isMatched() {
    return unmatched == 0 && updates.isMatched();
  }

  /** What the code was told of changes, by change. */
  public Map<String, Boolean> changes() {
    return Map.copyOf(changes);
  }

  /** What is recorded of the attributes that the code sets. */
  public RecordedAttributes attributes() {
    return attributes;
  }

  /** What the log shows: the newest value of each name that was published. */
  public Map<String, Optional<Payload>> published() {
    return Collections.unmodifiableMap(published);
  }

  /** Why the code was told of something that it has not asked for. */
  public Divergence notAsked(Event event) {
    String id = event.correlationId();
    RecordedRequest request = id == null ? null : byId.get(id);
    String update = request == null ? null : updates.untakenOf(request.site().branch());
    return update == null ? Divergence.notAsked(event, request) : Divergence.updateNotTaken(update);
  }

  /**
   * The branch in which the handler of an update runs: below the root, where no branch that the
   * code forks can be. No id holds a slash.
   */
  public static String branchOfUpdate(String id) {
    return RecordedUpdates.BRANCHES + id;
  }

  /** What is recorded under an id. */
  public @Nullable RecordedRequest byId(String id) {
    return byId.get(id);
  }

  /** Whether the log says that the code took this update; it does so again now. */
  public boolean tookUpdate(String id) {
    return updates.take(id);
  }

  /** Whether the log has an answer to this update; the code has come to one again now. */
  public boolean answeredUpdate(String id) {
    return updates.answer(id);
  }

  /** Whether the log says that this update was not taken. */
  public boolean refusedUpdate(String id) {
    return updates.isRefused(id);
  }

  /**
   * Checks, once all has been told, that the code has asked for everything that is recorded.
   *
   * @throws Divergence naming the first thing it did not ask for
   */
  public void checkComplete() {
    updates.checkComplete();
    for (RecordedRequest request : byId.values()) {
      if (!request.asked) {
        throw Divergence.missing(request);
      }
      if (request.givenUp && !request.gaveUpAgain) {
        throw Divergence.notGivenUp(request);
      }
    }
  }

  private void read(Event event) {
    if (event.fact() instanceof RunFact.ChangeMarked marked) {
      changes.put(marked.changeId(), marked.taken());
    }
    // Nothing follows on the end of a run that was its code's own.
    unmatched += event.type().endsRun() && event.byOwner() ? 1 : 0;
    attributes.read(event);
    if (event.type() == EventType.CHILD_CANCEL_REQUESTED) {
      cancelled.add(String.valueOf(event.correlationId()));
    }
    String id = event.correlationId();
    if (event.fact() instanceof RunFact.StatePublished state) {
      published.put(state.name(), Optional.ofNullable(state.value()));
    }
    if (id != null && event.fact() instanceof UpdateFact update) {
      updates.read(event, id, update);
      return;
    }
    if (id == null || !event.byOwner() && FactParts.site(event.fact()) == null) {
      noteOutcome(event, id);
      return;
    }
    Site site = FactParts.site(event.fact());
    if (site != null && site.index() != Site.UNKNOWN && !byId.containsKey(id)) {
      RecordedRequest request =
          new RecordedRequest(kindOf(event), id, site, event.position(), askedAt(event));
      unmatched++;
      byId.put(id, request);
      byBranch.computeIfAbsent(site.branch(), b -> new TreeMap<>()).put(site.index(), request);
    }
    noteOutcome(event, id);
  }

  private void noteOutcome(Event event, @Nullable String id) {
    RecordedRequest request = id == null ? null : byId.get(id);
    if (request == null) {
      return;
    }
    switch (event.fact()) {
      case Fact.StepCreated created -> request.queued = true;
      case Fact.StepStarted started -> {
        request.losses += request.running ? 1 : 0;
        request.running = true;
        request.attempt = Math.max(request.attempt, started.attempt());
        request.startedAttempt = started.attempt();
        request.startedBy = started.worker();
      }
      case Fact.StepRetrying retrying -> {
        request.running = false;
        request.attempt = retrying.attempt() + 1;
        request.retryAt = retrying.retryAt();
      }
      case Fact.StepCompleted completed -> request.settled = true;
      case Fact.StepFailed failed -> request.settled = true;
      case Fact.WaitCreated created -> request.resumeAt = created.resumeAt();
      case Fact.HookCreated created -> request.token = created.token();
      case Fact.HookConflict conflict -> request.token = conflict.token();
      case Fact.WaitCompleted completed -> request.settled = true;
      case ChildFact.Created created -> request.childRun = created.childRun();
      case ChildFact.CancelRequested cancelled -> givenUp(request);
      case ChildFact.Completed over -> request.settled = true;
      case ChildFact.Failed over -> request.settled = true;
      case ChildFact.Cancelled over -> request.settled = true;
      case Fact.StepCancelled cancelled -> givenUp(request);
      case Fact.WaitCancelled cancelled -> givenUp(request);
      case Fact.HookDisposed disposed -> givenUp(request);
      default -> {
        // Nothing that a request has to know.
      }
    }
  }

  private void givenUp(RecordedRequest request) {
    unmatched += request.givenUp ? 0 : 1;
    request.givenUp = true;
  }

  /** What is recorded late says when it was. */
  private static Instant askedAt(Event event) {
    Instant started =
        switch (event.fact()) {
          case Fact.StepStarted f -> f.startedAt();
          case Fact.StepCompleted f -> f.startedAt();
          case Fact.StepFailed f -> f.startedAt();
          default -> null;
        };
    return started == null || started.isAfter(event.occurredAt()) ? event.occurredAt() : started;
  }

  private static EntityKind kindOf(Event event) {
    return switch (event.type().subject()) {
      case STEP -> EntityKind.STEP;
      case HOOK -> EntityKind.HOOK;
      case WAIT -> EntityKind.WAIT;
      case CHILD -> EntityKind.CHILD;
      case SEND -> EntityKind.SEND;
      case PERMIT -> EntityKind.PERMIT;
      case RUN, UPDATE ->
          throw new IllegalArgumentException(event.type().word() + " has no place in the code");
    };
  }
}
