package com.example.h2;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.rules.Custody;
import dev.fantasticfour.world.core.rules.Entities;
import dev.fantasticfour.world.core.rules.FoldedEntities;
import dev.fantasticfour.world.core.rules.LockedAppend;
import dev.fantasticfour.world.core.rules.Relay;
import dev.fantasticfour.world.core.rules.RunFold;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The log of a run, as the append reads and keeps it. */
record Log(Tables tables, RunId run, List<Event> events, RunFold fold, Custody custody)
    implements LockedAppend.Log {

  @Override
  public Optional<LockedAppend.Head> head() {
    return LockedAppend.Head.of(fold);
  }

  @Override
  public Entities entities() {
    return new FoldedEntities(fold, tables);
  }

  @Override
  public String hookOf(String token) {
    return fold.hookOf(token).id();
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
  public void keep(Batch batch, List<Event> placed, Custody next) {
    for (Event event : placed) {
      index(event, tables.handle());
      tables.insert(event);
      fold.apply(event);
    }
    if (batch.authority() instanceof Authority.Relay relay) {
      tables.moved(relay.id());
    }
    // A run is not settled while it owes.
    tables.keep(run, (tables.owes(run) ? next.due(Due.NOW) : next).settled(fold.status()));
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
      tables.insert(run, created);
    }
    if (event.fact() instanceof Fact.HookCreated created) {
      handle.execute(
          "insert into tokens values (?, ?, ?, default)",
          created.token(),
          run,
          event.correlationId());
    }
    Relay.of(event).ifPresent(tables::owe);
    if (event.type() == EventType.HOOK_DISPOSED) {
      handle.execute(
          "delete from tokens where run_id = ? and hook_id = ?", run, event.correlationId());
    }
    if (event.type().endsRun()) {
      handle.execute("delete from tokens where run_id = ?", run);
    }
  }
}
