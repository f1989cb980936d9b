package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.Custody;
import dev.fantasticfour.world.core.rules.Entities;
import dev.fantasticfour.world.core.rules.LockedAppend;
import dev.fantasticfour.world.core.rules.NameState;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the rules ask for when a batch is judged: the row of its run, and what they want to know
 * besides, each in a statement of its own.
 *
 * @param run the run that is locked; null when a token leads to none
 * @param row null when there is no such run
 */
record JudgedTables(
    LockedRun.Door door,
    Batch batch,
    @Nullable RunId run,
    AppendMapper.@Nullable LockedRow row,
    Instant now)
    implements LockedAppend.Store, LockedAppend.Log {

  @Override
  public Optional<RunId> runOfBatch(String batchId) {
    return Optional.ofNullable(door.ask(mapper -> mapper.runOfBatch(batchId))).map(RunId::new);
  }

  @Override
  public LockedAppend.Log log(RunId of) {
    if (batch.target() instanceof Target.OfKey target && of.equals(target.ifNew())) {
      // Nobody else knows its id yet, and the name that it takes is unique.
      return of.equals(run) ? this : new JudgedTables(door, batch, of, null, now);
    }
    if (!of.equals(run)) {
      throw new JudgedAppends.OvertakenException("the token went to another run");
    }
    return this;
  }

  @Override
  public NameState token(String token) {
    AppendMapper.HolderRow holder = door.ask(mapper -> mapper.tokenHolder(Sha256.of(token)));
    return holder == null ? NameState.FREE : new NameState.Held(new RunId(holder.runId()), null);
  }

  @Override
  public void freeKey(RunId ended, String workflow, String runKey) {
    if (door.ask(mapper -> mapper.freeKey(ended.value(), workflow, Sha256.of(runKey))) == 0) {
      throw new JudgedAppends.OvertakenException("the key went to another run");
    }
  }

  @Override
  public NameState key(String workflow, String runKey) {
    AppendMapper.HolderRow holder =
        door.ask(mapper -> mapper.keyHolder(workflow, Sha256.of(runKey)));
    return holder == null
        ? NameState.FREE
        : new NameState.Held(new RunId(holder.runId()), holder.inputHash());
  }

  @Override
  public Optional<LockedAppend.Head> head() {
    return Optional.ofNullable(row)
        .map(
            end ->
                new LockedAppend.Head(
                    status(end.status()), end.position(), end.updatedAt(), end.taskQueue()));
  }

  private RunStatus status(String word) {
    return switch (word) {
      case "p" -> RunStatus.PENDING;
      case "r" -> RunStatus.RUNNING;
      case "e" -> RunStatus.ofWord(door.ask(mapper -> mapper.status(id())));
      default -> RunStatus.ofWord(word);
    };
  }

  @Override
  public Entities entities() {
    return new JudgedEntities(this);
  }

  @Override
  public String hookOf(String token) {
    AppendMapper.HolderRow holder = door.ask(mapper -> mapper.tokenHolder(Sha256.of(token)));
    if (holder == null || holder.hookId() == null) {
      throw new JudgedAppends.OvertakenException("the token was given up");
    }
    return holder.hookId();
  }

  @Override
  public Custody custody() {
    return row == null
        ? Custody.NEW
        : new Custody(
            row.owner() == null ? null : new WorkerId(row.owner()),
            row.epoch(),
            null,
            0,
            0,
            null,
            Pin.AUTO);
  }

  @Override
  public List<Event> ofBatch(String batchId) {
    if (row == null) {
      return List.of();
    }
    Long first = batch.authority() instanceof Authority.Owner owner ? owner.seen() + 1 : null;
    long creation = 2L * batch.drafts().size();
    return events(door.read(mapper -> mapper.ofBatch(id(), batchId, first, creation)));
  }

  @Override
  public List<Event> byOthers(long after, long upTo) {
    return after >= upTo
        ? List.of()
        : events(door.read(mapper -> mapper.byOthers(id(), after, upTo)));
  }

  private static List<Event> events(List<EventRow> rows) {
    return rows.stream().map(EventRow::toEvent).toList();
  }

  /** The id of the run, which there is. */
  String id() {
    return Objects.requireNonNull(run).value();
  }

  @Override
  public void keep(Batch kept, List<Event> placed, Custody custody) {
    if (placed.isEmpty()) {
      new JudgedWriting(this, custody).nothingNew();
    } else {
      new JudgedWriting(this, custody).write(placed);
    }
  }
}
