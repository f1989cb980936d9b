package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.AppendResult.Conflict;
import dev.fantasticfour.world.core.port.AppendResult.NotFound;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.AsStored;
import dev.fantasticfour.world.core.rules.EventIds;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What append_v1 said about one batch.
 *
 * @param verdict its row
 * @param own its own events, when it was in the log already
 * @param others events by others that it was not told of
 */
record AppendAnswer(AppendRow verdict, List<Event> own, List<Event> others) {

  /** The answers to batches, in their order. */
  static List<AppendResult> results(List<Batch> batches, List<AppendRow> rows) {
    AppendAnswer[] answers = new AppendAnswer[batches.size()];
    for (AppendRow row : rows) {
      int i = row.oBatch() - 1;
      switch (row.oRow()) {
        case "own" -> answers[i].own().add(row.event().toEvent());
        case "other" -> answers[i].others().add(row.event().toEvent());
        default -> answers[i] = new AppendAnswer(row, new ArrayList<>(), new ArrayList<>());
      }
    }
    List<AppendResult> results = new ArrayList<>();
    for (int i = 0; i < answers.length; i++) {
      results.add(answers[i].result(batches.get(i)));
    }
    return results;
  }

  /**
   * The answer to a batch of which every draft became an event.
   *
   * @param at the time of the first
   */
  static AppendResult accepted(
      Batch batch, RunId run, Instant at, @Nullable String owner, String queue) {
    long first = batch.authority() instanceof Authority.Owner by ? by.seen() + 1 : 1;
    AppendRow row =
        AppendRow.appended(run.value(), owner, queue, first, at, "K".repeat(batch.drafts().size()));
    return new AppendAnswer(row, List.of(), List.of()).result(batch);
  }

  private AppendResult result(Batch batch) {
    return switch (verdict.oRow()) {
      case "appended" ->
          new AppendResult.Appended(run(), appended(batch), owner(), queue(), others);
      case "repeated" -> new AppendResult.Repeated(run(), own, owner(), queue(), others);
      case "busy" -> new AppendResult.Busy();
      case "z" -> new AppendResult.Stale(others);
      case "f" -> new AppendResult.Fenced(verdict.oEpoch() == null ? 0 : verdict.oEpoch(), owner());
      case "c" -> new AppendResult.Closed(RunStatus.ofWord(required(verdict.oStatus())));
      case "y" -> new AppendResult.TooEarly(wait(verdict));
      case "n" -> new NotFound(NotFound.Kind.RUN, entity(batch));
      case "p" -> new NotFound(NotFound.Kind.STEP, entity(batch));
      case "h" -> new NotFound(NotFound.Kind.HOOK, entity(batch));
      case "w" -> new NotFound(NotFound.Kind.WAIT, entity(batch));
      case "e" -> conflict(Conflict.Reason.EXISTS, batch);
      case "s" -> conflict(Conflict.Reason.STATE, batch);
      case "t" -> conflict(Conflict.Reason.ATTEMPT, batch);
      case "a" -> new Conflict(Conflict.Reason.AUTHORITY, required(verdict.oRun()), null, null);
      case "r" ->
          new Conflict(
              Conflict.Reason.RUN_KEY,
              entity(batch),
              new RunId(required(verdict.oExisting())),
              verdict.oHash());
      default -> throw new IllegalStateException("append_v1 answered " + verdict.oRow());
    };
  }

  private static Duration wait(AppendRow verdict) {
    return verdict.oWait() == null
        ? Duration.ZERO
        : Duration.of(verdict.oWait(), ChronoUnit.MICROS);
  }

  private Conflict conflict(Conflict.Reason reason, Batch batch) {
    return new Conflict(reason, entity(batch), null, null);
  }

  /** What was refused: the step, hook, wait or key if the function names one, else the target. */
  private String entity(Batch batch) {
    if (verdict.oEntity() != null) {
      return verdict.oEntity();
    }
    return switch (batch.target()) {
      case Target.OfRun target -> target.run().value();
      case Target.OfHook target -> target.token();
    };
  }

  private RunId run() {
    return new RunId(required(verdict.oRun()));
  }

  private @Nullable WorkerId owner() {
    return verdict.oOwner() == null ? null : new WorkerId(verdict.oOwner());
  }

  private String queue() {
    return required(verdict.oQueue());
  }

  /** The events as they were committed, from the drafts and what the function says of each. */
  private List<Event> appended(Batch batch) {
    String marks = required(verdict.oMarks());
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < marks.length(); i++) {
      Draft draft = batch.drafts().get(i);
      long seen = seen(batch, i);
      switch (marks.charAt(i)) {
        case 'K' -> add(events, batch, draft, draft.fact(), seen);
        case 'C' -> {
          if (draft.fact() instanceof Fact.RunStarted f && f.creation() != null) {
            add(events, batch, draft, f.creation(), seen);
          }
          add(events, batch, draft, draft.fact(), seen);
        }
        case 'x' -> add(events, batch, draft, conflict(draft, i), seen);
        case 'U' -> {}
        default -> throw new IllegalStateException("append_v1 marked a draft " + marks);
      }
    }
    return events;
  }

  private static long seen(Batch batch, int draft) {
    if (batch.authority() instanceof Authority.Owner owner) {
      return owner.seen();
    }
    return batch.claim() != null && draft > 0 ? 0 : Event.NOT_BY_OWNER;
  }

  private Fact conflict(Draft draft, int i) {
    String[] conflicts = verdict.oConflicts();
    if (draft.fact() instanceof Fact.HookCreated f && conflicts != null) {
      return new Fact.HookConflict(f.site(), f.token(), conflicts[i]);
    }
    throw new IllegalStateException("only hook_created asks for a token");
  }

  private void add(List<Event> events, Batch batch, Draft draft, Fact fact, long seen) {
    int index = events.size();
    long position = Objects.requireNonNull(verdict.oFirst()) + index;
    Instant createdAt = Objects.requireNonNull(verdict.oAt()).plus(index, ChronoUnit.MICROS);
    String about =
        batch.target() instanceof Target.OfHook ? verdict.oEntity() : draft.correlationId();
    Draft stored = AsStored.draft(new Draft(about, draft.occurredAt(), fact));
    events.add(
        new Event(
            run(),
            position,
            EventIds.of(run(), position, createdAt),
            createdAt,
            stored.occurredAt(),
            stored.correlationId(),
            batch.id(),
            seen,
            stored.fact()));
  }

  private static String required(@Nullable String column) {
    if (column == null) {
      throw new IllegalStateException("append_v1 left out a column");
    }
    return column;
  }
}
