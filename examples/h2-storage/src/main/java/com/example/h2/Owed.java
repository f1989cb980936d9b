package com.example.h2;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.RunLog.Relayed;
import dev.fantasticfour.world.core.rules.Custody;
import dev.fantasticfour.world.core.rules.FactColumns;
import dev.fantasticfour.world.core.rules.FactReading;
import dev.fantasticfour.world.core.rules.LockedRelays;
import dev.fantasticfour.world.core.rules.Relay;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.result.RowView;

/** What runs owe to each other, within one transaction. */
record Owed(Tables tables) {

  void add(Relay relay) {
    FactColumns fact = FactColumns.of(relay.draft().fact());
    tables
        .handle()
        .execute(
            "insert into relays values (?, default, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            relay.id(),
            relay.target(),
            relay.source(),
            relay.draft().fact().type().word(),
            relay.draft().correlationId(),
            fact.name(),
            fact.text(),
            fact.otherRun(),
            fact.flag(),
            relay.draft().occurredAt(),
            fact.payload());
  }

  boolean isBy(RunId run) {
    return tables
        .handle()
        .select("select 1 from relays where source_run = ? limit 1", run)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  List<Relayed> relay(Set<RunId> targets, int limit) {
    requireLimit(limit);
    return targets.stream().map(target -> relay(target, limit)).flatMap(Optional::stream).toList();
  }

  Set<RunId> by(RunId source, int limit) {
    requireLimit(limit);
    return tables
        .handle()
        .select(
            "select distinct target_run from relays where source_run = ? limit ?", source, limit)
        .mapTo(String.class)
        .map(RunId::new)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static void requireLimit(int limit) {
    if (limit < 1) {
      throw new WorldException(ErrorCode.INVALID_ARGUMENT, "limit must be at least 1, is " + limit);
    }
  }

  private Optional<Relayed> relay(RunId target, int limit) {
    List<Relay> waiting = waiting(target, limit);
    if (waiting.isEmpty()) {
      return Optional.empty();
    }
    LockedRelays.Moved moved = new LockedRelays(tables).move(target, waiting);
    RunId onward = moved.onward();
    if (onward != null) {
      tables
          .handle()
          .execute("update relays set target_run = ? where target_run = ?", onward, target);
      return relay(onward, limit);
    }
    // Whatever has entered: a target that has ended or is gone swallows the rest.
    waiting.forEach(
        relay -> tables.handle().execute("delete from relays where relay_id = ?", relay.id()));
    return moved.events().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Relayed(
                target,
                tables.custody(target).orElse(Custody.NEW).owner(),
                tables.log(target).fold().creation().orElseThrow().taskQueue(),
                moved.events()));
  }

  private List<Relay> waiting(RunId target, int limit) {
    return tables
        .handle()
        .select("select * from relays where target_run = ? order by number limit ?", target, limit)
        .map(row -> owed(row))
        .list();
  }

  private static Relay owed(RowView row) {
    FactColumns columns =
        new FactColumns(
            null,
            row.getColumn("name", String.class),
            null,
            row.getColumn("text", String.class),
            null,
            null,
            row.getColumn("other_run", String.class),
            row.getColumn("flag", Boolean.class),
            null,
            row.getColumn("payload", Payload.class),
            null);
    return new Relay(
        row.getColumn("relay_id", String.class),
        new RunId(row.getColumn("target_run", String.class)),
        new RunId(row.getColumn("source_run", String.class)),
        new Draft(
            row.getColumn("correlation_id", String.class),
            row.getColumn("occurred_at", Instant.class),
            FactReading.fact(EventType.ofWord(row.getColumn("type", String.class)), columns)));
  }
}
