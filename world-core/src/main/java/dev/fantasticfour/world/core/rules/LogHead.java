package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the log of a run ends.
 *
 * @param status of the run after it
 * @param position of the newest event
 * @param createdAt time of the newest event
 * @param taskQueue where the run's wake-ups go while nobody owns it
 * @param continuedTo the run that goes on in its place, or null
 */
public record LogHead(
    RunStatus status,
    long position,
    Instant createdAt,
    String taskQueue,
    @Nullable RunId continuedTo) {

  /** The end of a log that was read; empty for an empty one. */
  public static Optional<LogHead> of(RunFold fold) {
    return fold.newest()
        .map(
            newest ->
                new LogHead(
                    fold.status(),
                    newest.position(),
                    newest.createdAt(),
                    fold.creation().orElseThrow().taskQueue(),
                    fold.continuedTo().orElse(null)));
  }
}
