package com.example.h2;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.HookFact;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.rules.Born;
import dev.fantasticfour.world.core.rules.Custody;
import dev.fantasticfour.world.core.rules.Entities;
import dev.fantasticfour.world.core.rules.FoldedEntities;
import dev.fantasticfour.world.core.rules.Heritage;
import dev.fantasticfour.world.core.rules.LockedLog;
import dev.fantasticfour.world.core.rules.LogHead;
import dev.fantasticfour.world.core.rules.Relay;
import dev.fantasticfour.world.core.rules.RunFold;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The log of a run, as the append reads and keeps it. */
record Log(Tables tables, RunId run, List<Event> events, RunFold fold, Custody custody)
    implements LockedLog {

  @Override
  public Optional<LogHead> head() {
    return LogHead.of(fold);
  }

  @Override
  public Entities entities() {
    return new FoldedEntities(fold, tables);
  }

  @Override
  public String hookOf(String token) {
    return fold.hooks().ofToken(token).orElseThrow().id();
  }

  @Override
  public List<Event> ofBatch(String batchId) {
    return events.stream().filter(event -> event.batchId().equals(batchId)).toList();
  }

  @Override
  public List<Event> byOthers(long after, long upTo) {
    return events.stream()
        .filter(event -> event.position() > after && event.position() <= upTo && !event.byOwner())
        .toList();
  }

  @Override
  public List<Event> at(Set<Long> positions) {
    return events.stream().filter(event -> positions.contains(event.position())).toList();
  }

  @Override
  public Pin pin() {
    return custody.pin();
  }

  @Override
  public Heritage heritage() {
    return Heritage.of(fold);
  }

  @Override
  public void keep(Kept kept) {
    keep(kept.placed(), kept.custody());
    for (Born born : kept.born()) {
      tables.log(born.run()).keep(born.events(), born.custody());
    }
  }

  private void keep(List<Event> placed, Custody next) {
    Owed owed = new Owed(tables);
    for (Event event : placed) {
      index(event, tables.handle());
      Relay.of(event, fold).forEach(owed::add);
      tables.insert(event);
      fold.apply(event);
    }
    // A run is not settled while it owes.
    tables.keep(run, (owed.isBy(run) ? next.due(Due.NOW) : next).settled(fold.status()));
    tables
        .handle()
        .execute(
            "update runs set status = ?, protocol = ?, last_position = ? where run_id = ?",
            fold.status().word(),
            fold.protocol(),
            events.size() + placed.size(),
            run);
  }

  /** Keeps what is looked up without reading logs. */
  private void index(Event event, Handle handle) {
    if (event.fact() instanceof Fact.RunCreated created) {
      if (created.predecessor() != null) {
        // The one before leaves it its key.
        tables.freeKey(new RunId(created.predecessor().run()), created.workflow(), "");
      }
      tables.insert(run, created);
    }
    if (event.fact() instanceof Fact.HookCreated created) {
      handle.execute(
          "delete from tokens where token = ? and run_id = ? and carried", created.token(), run);
      listen(created.token(), event, false);
    }
    if (event.fact() instanceof HookFact.Carried carried) {
      listen(carried.token(), event, true);
    }
    if (event.type() == EventType.HOOK_DISPOSED) {
      handle.execute(
          "delete from tokens where run_id = ? and hook_id = ?", run, event.correlationId());
    }
    if (event.type().endsRun()) {
      handle.execute("delete from tokens where run_id = ?", run);
    }
  }

  private void listen(String token, Event event, boolean carried) {
    tables
        .handle()
        .execute(
            "insert into tokens values (?, ?, ?, ?, default)",
            token,
            run,
            event.correlationId(),
            carried);
  }
}
