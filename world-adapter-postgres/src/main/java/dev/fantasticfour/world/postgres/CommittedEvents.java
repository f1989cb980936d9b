package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.rules.AsStored;
import dev.fantasticfour.world.core.rules.EventIds;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events that a batch left in the log, put together from its drafts one by one. */
final class CommittedEvents {

  private final Batch batch;
  private final RunId run;
  private final long first;
  private final Instant at;
  private final List<Event> events;

  /**
   * @param first the position of the first one
   * @param at its time; each further one is a microsecond later
   */
  CommittedEvents(Batch batch, RunId run, long first, Instant at) {
    this.batch = batch;
    this.run = run;
    this.first = first;
    this.at = at;
    this.events = new ArrayList<>(batch.drafts().size());
  }

  /** The events of a batch for a run of which every draft became one. */
  static List<Event> ofAll(Batch batch, RunId run, long first, Instant at) {
    CommittedEvents committed = new CommittedEvents(batch, run, first, at);
    for (int i = 0; i < batch.drafts().size(); i++) {
      Draft draft = batch.drafts().get(i);
      committed.add(i, draft.correlationId(), draft.fact());
    }
    return committed.events();
  }

  /**
   * The next one.
   *
   * @param draft the place in the batch of what it came from
   */
  void add(int draft, @Nullable String correlationId, Fact fact) {
    int index = events.size();
    Instant createdAt = at.plus(index, ChronoUnit.MICROS);
    Draft stored =
        AsStored.draft(new Draft(correlationId, batch.drafts().get(draft).occurredAt(), fact));
    events.add(
        new Event(
            run,
            first + index,
            EventIds.of(run, first + index, createdAt),
            createdAt,
            stored.occurredAt(),
            stored.correlationId(),
            batch.id(),
            seen(draft),
            stored.fact()));
  }

  List<Event> events() {
    return events;
  }

  private long seen(int draft) {
    if (batch.authority() instanceof Authority.Owner owner) {
      return owner.seen();
    }
    return batch.claim() != null && draft > 0 ? 0 : Event.NOT_BY_OWNER;
  }
}
