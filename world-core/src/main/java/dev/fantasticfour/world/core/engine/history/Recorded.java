package dev.fantasticfour.world.core.engine.history;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.core.rules.FactParts;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a log says the code has asked for, branch by branch and request by request; compared with
 * what the code asks for now (law L6). For one thread.
 */
public final class Recorded {

  private final Map<String, NavigableMap<Integer, RecordedRequest>> byBranch = new HashMap<>();
  private final Map<String, RecordedRequest> byId = new LinkedHashMap<>();

  /** An empty record: everything the code asks for is new. */
  public static Recorded nothing() {
    return new Recorded(List.of());
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
    if (request == null || !request.givenUp) {
      return false;
    }
    request.gaveUpAgain = true;
    return true;
  }

  /** What is recorded under an id. */
  public @Nullable RecordedRequest byId(String id) {
    return byId.get(id);
  }

  /**
   * Checks, once all has been told, that the code has asked for everything that is recorded.
   *
   * @throws Divergence naming the first thing it did not ask for
   */
  public void checkComplete() {
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
    String id = event.correlationId();
    if (id == null || !event.byOwner() && FactParts.site(event.fact()) == null) {
      noteOutcome(event, id);
      return;
    }
    Site site = FactParts.site(event.fact());
    if (site != null && site.index() != Site.UNKNOWN && !byId.containsKey(id)) {
      RecordedRequest request =
          new RecordedRequest(kindOf(event), id, site, event.position(), askedAt(event));
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
      case Fact.StepCancelled cancelled -> request.givenUp = true;
      case Fact.WaitCancelled cancelled -> request.givenUp = true;
      case Fact.HookDisposed disposed -> request.givenUp = true;
      default -> {
        // Nothing that a request has to know.
      }
    }
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
    return event.type().isOfStep()
        ? EntityKind.STEP
        : event.type().isOfHook() ? EntityKind.HOOK : EntityKind.WAIT;
  }
}
