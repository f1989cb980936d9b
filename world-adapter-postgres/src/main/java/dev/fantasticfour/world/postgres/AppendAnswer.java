package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.AppendResult.Conflict;
import dev.fantasticfour.world.core.port.AppendResult.NotFound;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
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
    if (marks.chars().allMatch(mark -> mark == 'U')) {
      return List.of();
    }
    CommittedEvents committed =
        new CommittedEvents(batch, run(), required(verdict.oFirst()), required(verdict.oAt()));
    for (int i = 0; i < marks.length(); i++) {
      Draft draft = batch.drafts().get(i);
      String about =
          batch.target() instanceof Target.OfHook ? verdict.oEntity() : draft.correlationId();
      switch (marks.charAt(i)) {
        case 'K' -> committed.add(i, about, draft.fact());
        case 'C' -> {
          if (draft.fact() instanceof Fact.RunStarted f && f.creation() != null) {
            committed.add(i, about, f.creation());
          }
          committed.add(i, about, draft.fact());
        }
        case 'x' -> committed.add(i, about, conflict(draft, i));
        case 'U' -> {}
        default -> throw new IllegalStateException("append_v1 marked a draft " + marks);
      }
    }
    return committed.events();
  }

  private Fact conflict(Draft draft, int i) {
    String[] conflicts = verdict.oConflicts();
    if (draft.fact() instanceof Fact.HookCreated f && conflicts != null) {
      return new Fact.HookConflict(f.site(), f.token(), conflicts[i]);
    }
    throw new IllegalStateException("only hook_created asks for a token");
  }

  private static <T> T required(@Nullable T column) {
    if (column == null) {
      throw new IllegalStateException("append_v1 left out a column");
    }
    return column;
  }
}
