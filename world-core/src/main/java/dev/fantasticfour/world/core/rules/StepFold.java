package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.api.run.StepStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The row of a step as the fold of the events about it. */
public final class StepFold {

  private StepFold() {}

  /**
   * The row after an accepted step event.
   *
   * @param before the row before, null when this event creates the step
   */
  public static StepRecord after(@Nullable StepRecord before, Event event) {
    StepState.Present state = state(before, event);
    StepRecord base = before == null ? created(event) : before;
    return new StepRecord(
        base.run(),
        base.id(),
        base.name(),
        base.branch(),
        state.status(),
        base.input(),
        event.fact() instanceof Fact.StepCompleted f ? f.result() : base.output(),
        error(event.fact(), base.error()),
        event.fact() instanceof Fact.StepFailed f ? f.errorCode() : base.errorCode(),
        state.attempt(),
        base.failedAttempts() + (isFailure(event.fact()) ? 1 : 0),
        base.lostAttempts() + (isLoss(before, event.fact()) ? 1 : 0),
        base.createdAt(),
        event.createdAt(),
        base.startedAt() == null ? startedAt(event) : base.startedAt(),
        state.status().isFinal() ? event.createdAt() : null,
        state.retryAfter());
  }

  private static StepState.Present state(@Nullable StepRecord before, Event event) {
    return switch (StepState.of(before).after(event.fact(), event.byOwner())) {
      case StepState.Present present -> present;
      case StepState.Absent absent ->
          throw new IllegalArgumentException(event.type().word() + " is not about a step");
    };
  }

  private static boolean isFailure(Fact fact) {
    return fact instanceof Fact.StepRetrying || fact instanceof Fact.StepFailed;
  }

  /** An attempt begins while one is under way: of that one nobody will hear any more. */
  private static boolean isLoss(@Nullable StepRecord before, Fact fact) {
    return before != null
        && before.status() == StepStatus.RUNNING
        && fact instanceof Fact.StepStarted;
  }

  /** A fast step leaves one event, so that any step event may be the first. */
  private static StepRecord created(Event event) {
    String id = event.correlationId();
    if (id == null) {
      throw new IllegalArgumentException(event.type().word() + " without correlation id");
    }
    Site site = FactParts.site(event.fact());
    Payload input = event.fact() instanceof Fact.StepCreated f ? f.input() : null;
    return new StepRecord(
        event.run(),
        id,
        site == null ? "" : site.name(),
        site == null ? "" : site.branch(),
        StepStatus.PENDING,
        input,
        null,
        null,
        null,
        0,
        0,
        0,
        event.createdAt(),
        event.createdAt(),
        null,
        null,
        null);
  }

  private static @Nullable Payload error(Fact fact, @Nullable Payload before) {
    if (fact instanceof Fact.StepRetrying f) {
      return f.error();
    }
    return fact instanceof Fact.StepFailed f ? f.error() : before;
  }

  /** When it began its runner knows, who may have recorded that later. */
  private static @Nullable Instant startedAt(Event event) {
    if (event.fact() instanceof Fact.StepStarted f) {
      return f.startedAt() == null ? event.createdAt() : f.startedAt();
    }
    if (event.fact() instanceof Fact.StepCompleted f) {
      return f.startedAt();
    }
    return event.fact() instanceof Fact.StepFailed f ? f.startedAt() : null;
  }
}
