package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.Hold;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.Custody;
import dev.fantasticfour.world.core.rules.Entities;
import dev.fantasticfour.world.core.rules.Heritage;
import dev.fantasticfour.world.core.rules.LockedLog;
import dev.fantasticfour.world.core.rules.LockedStore;
import dev.fantasticfour.world.core.rules.LogHead;
import dev.fantasticfour.world.core.rules.NameState;
import dev.fantasticfour.world.core.rules.PinText;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the rules ask for when a batch is judged: the row of its run, and what they want to know
 * besides, each in a statement of its own.
 *
 * @param run the run that is locked; null when a token leads to none
 * @param row null when there is no such run
 * @param stages how far what the batch speaks of has come
 */
record JudgedTables(
    LockedRun.Door door,
    Batch batch,
    @Nullable RunId run,
    AppendMapper.@Nullable LockedRow row,
    Instant now,
    JudgedStages stages)
    implements LockedStore, LockedLog {

  /** The same run, for another batch. */
  JudgedTables of(Batch other) {
    return new JudgedTables(
        door,
        other,
        run,
        row,
        now,
        new JudgedStages(door, run == null ? null : run.value(), other));
  }

  @Override
  public Optional<RunId> runOfBatch(String batchId) {
    return Optional.ofNullable(door.ask(mapper -> mapper.runOfBatch(batchId))).map(RunId::new);
  }

  @Override
  public LockedLog log(RunId of) {
    if (batch.target() instanceof Target.OfKey target && of.equals(target.ifNew())) {
      // Nobody else knows its id yet, and the name that it takes is unique.
      return of.equals(run)
          ? this
          : new JudgedTables(door, batch, of, null, now, new JudgedStages(door, null, batch));
    }
    if (!of.equals(run)) {
      throw new JudgedAppends.OvertakenException("the token went to another run");
    }
    return this;
  }

  @Override
  public NameState token(String token) {
    AppendMapper.HolderRow holder = door.ask(mapper -> mapper.tokenHolder(Sha256.of(token)));
    return holder == null
        ? NameState.FREE
        : new NameState.Held(new RunId(holder.runId()), null, holder.carried());
  }

  @Override
  public void freeKey(RunId ended, String workflow, String runKey) {
    byte[] key = Sha256.of(runKey);
    if (door.ask(mapper -> mapper.freeKey(ended.value(), workflow, key)) == 0
        && door.ask(mapper -> mapper.freeSpentKey(ended.value(), workflow, key)) == 0) {
      throw new JudgedAppends.OvertakenException("the key went to another run");
    }
  }

  @Override
  public NameState key(String workflow, String runKey) {
    AppendMapper.HolderRow holder =
        door.ask(
            mapper ->
                mapper.keyHolder(workflow, Sha256.of(runKey), Intervals.write(door.offset())));
    return holder == null
        ? NameState.FREE
        : new NameState.Held(new RunId(holder.runId()), holder.inputHash());
  }

  @Override
  public Optional<LogHead> head() {
    return Optional.ofNullable(row)
        .map(
            end -> {
              // Of a run that has ended and is not settled the custody says no more than that.
              AppendMapper.EndRow ended =
                  end.status().equals("e") ? door.ask(mapper -> mapper.end(id())) : null;
              String next = ended == null ? end.continuedTo() : ended.continuedTo();
              return new LogHead(
                  ended == null ? status(end.status()) : RunStatus.ofWord(ended.status()),
                  end.position(),
                  end.updatedAt(),
                  end.taskQueue(),
                  next == null ? null : new RunId(next));
            });
  }

  private static RunStatus status(String word) {
    return switch (word) {
      case "p" -> RunStatus.PENDING;
      case "r" -> RunStatus.RUNNING;
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
            Pin.AUTO,
            row.held() ? new Hold(now, null, null) : null);
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
  public List<Event> at(Set<Long> positions) {
    return positions.isEmpty()
        ? List.of()
        : events(door.read(mapper -> mapper.allAt(id(), positions.toArray(Long[]::new))));
  }

  @Override
  public Set<RunId> known(Set<RunId> runs) {
    String[] ids = runs.stream().map(RunId::value).toArray(String[]::new);
    return door.ask(mapper -> mapper.known(ids)).stream()
        .map(RunId::new)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Pin pin() {
    return row == null ? Pin.AUTO : PinText.read(row.pinnedBuild());
  }

  @Override
  public Heritage heritage() {
    return new JudgedHeritage(door, id()).read();
  }

  @Override
  public void keep(Kept kept) {
    JudgedWriting writing = new JudgedWriting(this, kept.custody());
    if (kept.placed().isEmpty()) {
      writing.nothingNew();
    } else {
      writing.write(kept.placed(), kept.born());
    }
  }
}
