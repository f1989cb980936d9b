package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.WaitFact;
import dev.fantasticfour.world.api.run.WaitRecord;
import dev.fantasticfour.world.api.run.WaitStatus;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One wait as the fold of the events about it. */
final class WaitFold {

  private WaitFold() {}

  /**
   * The wait after an event about it.
   *
   * @param before null when there was none, or it has gone with its run; then only its creation
   *     makes one
   */
  static @Nullable WaitRecord after(@Nullable WaitRecord before, Event event, WaitFact fact) {
    return switch (fact) {
      case Fact.WaitCreated f -> created(event, f);
      case Fact.WaitCompleted f -> ended(before, event, WaitStatus.COMPLETED);
      case Fact.WaitCancelled f -> ended(before, event, WaitStatus.CANCELLED);
    };
  }

  private static WaitRecord created(Event event, Fact.WaitCreated f) {
    return new WaitRecord(
        event.run(),
        Objects.requireNonNull(event.correlationId()),
        f.site() == null ? "" : f.site().name(),
        WaitStatus.WAITING,
        f.resumeAt(),
        event.createdAt(),
        null);
  }

  private static @Nullable WaitRecord ended(
      @Nullable WaitRecord wait, Event event, WaitStatus status) {
    return wait == null
        ? null
        : new WaitRecord(
            wait.run(),
            wait.id(),
            wait.name(),
            status,
            wait.resumeAt(),
            wait.createdAt(),
            event.createdAt());
  }
}
