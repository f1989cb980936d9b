package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.run.Predecessor;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.rules.Born;
import dev.fantasticfour.world.core.rules.Custody;
import dev.fantasticfour.world.core.rules.Ruling;
import dev.fantasticfour.world.core.rules.StepState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes what the rules have accepted, by append_v1 as everything is written. */
final class JudgedWriting {

  private final JudgedTables tables;
  private final Batch batch;
  private final Custody custody;

  private final CountedAttempts attempts = new CountedAttempts(this::attemptsOf);

  /**
   * @param custody as it is afterwards
   */
  JudgedWriting(JudgedTables tables, Custody custody) {
    this.tables = tables;
    this.batch = tables.batch();
    this.custody = custody;
  }

  /** A batch that leaves nothing in the log: whoever runs it has spoken nevertheless. */
  void nothingNew() {
    switch (batch.authority()) {
      case Authority.Owner owner -> heardOf(owner.worker().value());
      case Authority.Foreign foreign -> heardOf(null);
      case Authority.Anyone anyone -> {}
      case Authority.Relay relay -> {}
      case Authority.AttemptHolder holder -> {}
    }
  }

  private void heardOf(@Nullable String owner) {
    int unused =
        tables.door().ask(mapper -> mapper.heard(tables.id(), owner, Instants.write(due(custody))));
  }

  /**
   * Writes the events, in as many calls as append_v1 needs, and with the last of them the runs that
   * come to be.
   */
  void write(List<Event> placed, List<Born> born) {
    born.forEach(this::makeWay);
    placed.forEach(this::adopt);
    List<List<Event>> parts = parts(placed);
    long end = placed.getFirst().position() - 1;
    boolean creates = end == 0;
    for (int i = 0; i < parts.size(); i++) {
      List<Event> part = parts.get(i);
      boolean isCreation = creates && i == 0;
      boolean isLast = i == parts.size() - 1;
      write(
          part,
          isCreation ? (Long) claimedPosition(placed.size()) : (Long) end,
          isLast ? born : List.of());
      end += part.size();
    }
  }

  private long claimedPosition(int size) {
    return batch.claim() == null ? 0 : size;
  }

  /** The successor of a run has its key, which two never have. */
  private void makeWay(Born born) {
    if (born.events().getFirst().fact() instanceof Fact.RunCreated created) {
      Predecessor before = created.predecessor();
      if (before != null && created.runKey() != null) {
        int unused = tables.door().ask(mapper -> mapper.leaveKey(before.run()));
      }
    }
  }

  /** A hook that came over under that token is no more when the code asks for it. */
  private void adopt(Event event) {
    if (event.fact() instanceof Fact.HookCreated created && tables.row() != null) {
      int unused =
          tables.door().ask(mapper -> mapper.adopt(tables.id(), Sha256.of(created.token())));
    }
  }

  private void write(List<Event> part, Long end, List<Born> born) {
    String owner = owner();
    Addition addition =
        new Addition(
            batch,
            tables.run(),
            null,
            owner,
            custody.epoch(),
            end,
            due(custody),
            "prPR",
            part.stream().map(this::line).toList(),
            born.stream().map(this::creation).toList(),
            false,
            false);
    AppendCall call = AppendColumns.call(List.of(addition), tables.door().offset(), tables.now());
    AppendRow row =
        tables
            .door()
            .statements()
            .rows(tables.door().connection(), AppendMapper.class, mapper -> mapper.append(call))
            .getFirst();
    if (row.size() != 1 + born.size()) {
      throw new JudgedAppends.OvertakenException("a name was taken");
    }
  }

  private Addition creation(Born born) {
    return Addition.born(batch, born.run(), born.events().stream().map(this::line).toList());
  }

  /** In whose name append_v1 writes: an owner's, or that of whoever a run is born to. */
  private @Nullable String owner() {
    if (batch.authority() instanceof Authority.Owner owner) {
      return owner.worker().value();
    }
    return batch.claim() == null ? null : batch.claim().value();
  }

  private static Due due(Custody custody) {
    if (custody.dueAt() == null) {
      return Due.NEVER;
    }
    return custody.dueAt().equals(Custody.NOW) ? Due.NOW : new Due.At(custody.dueAt());
  }

  private int attemptsOf(String step) {
    return tables.row() != null && tables.entities().step(step) instanceof StepState.Present present
        ? present.attempt()
        : 0;
  }

  private Line line(Event event) {
    Draft draft = new Draft(event.correlationId(), event.occurredAt(), event.fact());
    return new Line(
        new Ruling.Entry(draft, event.seen()),
        Line.Supposes.NOTHING,
        attempts.after(event),
        event.batchId().equals(batch.id()) ? null : event.batchId());
  }

  /** What a call of append_v1 says one thing of, at most; null for what may be said again. */
  static @Nullable String about(Draft draft) {
    return switch (draft.fact()) {
      case RunFact.StatePublished f -> "state " + f.name();
      case RunFact.AttributesSet f -> "attributes";
      case Fact f -> draft.correlationId();
    };
  }

  /** Cut where a hook or wait comes a second time, and where hooks change hands. */
  private static List<List<Event>> parts(List<Event> placed) {
    List<List<Event>> parts = new ArrayList<>();
    Set<String> about = new HashSet<>();
    Set<EventType> types = new HashSet<>();
    int from = 0;
    for (int i = 0; i < placed.size(); i++) {
      Event event = placed.get(i);
      String what = about(new Draft(event.correlationId(), event.occurredAt(), event.fact()));
      boolean again = what != null && !event.type().isOfStep() && about.contains(what);
      boolean changesHands =
          (event.type() == EventType.HOOK_CREATED && types.contains(EventType.HOOK_DISPOSED))
              || (event.type() == EventType.HOOK_DISPOSED
                  && types.contains(EventType.HOOK_CREATED));
      if (again || changesHands) {
        parts.add(placed.subList(from, i));
        from = i;
        about.clear();
        types.clear();
      }
      types.add(event.type());
      if (what != null) {
        about.add(what);
      }
    }
    parts.add(placed.subList(from, placed.size()));
    return parts;
  }
}
