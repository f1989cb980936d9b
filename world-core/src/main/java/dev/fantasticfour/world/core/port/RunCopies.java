package dev.fantasticfour.world.core.port;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs that come to be with a whole log: what another run has behind it, or what a file says. Their
 * logs begin as if all of that had happened to them; what it did to the world happens no second
 * time.
 *
 * <p><b>Guarantees.</b> All or nothing: the log, the views folded from it, the hooks that are live
 * at its end with their tokens, and the run key, in one unit. Positions, batch ids, what owners had
 * seen, and what the events say are as they were given. Nothing is owed to other runs for it: what
 * the log says was sent or asked of children was so when it was written. The run is due at once and
 * nobody's; a log that ends its run leaves it settled.
 *
 * <p><b>Concurrency.</b> Any number of threads and processes; of two that begin the same run one
 * does.
 *
 * <p><b>Failure.</b> As in {@link Storage}; repeating it is safe. {@code INVALID_ARGUMENT} for a
 * log that the rules do not allow. {@code NOT_SUPPORTED} where {@link Capability#RUN_COPIES} is
 * declined.
 */
public interface RunCopies {

  /** Begins a run with a log. */
  CopyResult copy(RunCopy copy);

  /**
   * A run and the log it begins with.
   *
   * @param run its id, however old
   * @param log of that run, from position 1 on without a gap; the first says {@code run_created}
   * @param asItWas whether its events keep their ids and the times at which they were accepted;
   *     otherwise they are accepted now
   * @param keyOf the run that has the run key until then and leaves it, or null
   * @param held whether somebody keeps it from going on from the beginning, and why; null when not
   */
  record RunCopy(
      RunId run, List<Event> log, boolean asItWas, @Nullable RunId keyOf, @Nullable Held held) {

    public RunCopy {
      log = List.copyOf(log);
    }

    /**
     * Who keeps it from going on.
     *
     * @param reason why, or null
     * @param by who, or null
     */
    public record Held(@Nullable String reason, @Nullable String by) {}
  }

  /** What became of it. Everything but {@link Begun} changed nothing. */
  sealed interface CopyResult {

    /**
     * The run is there.
     *
     * @param taskQueue where to send a wake-up
     * @param createdAt when it was created, by its log
     */
    record Begun(String taskQueue, Instant createdAt) implements CopyResult {}

    /** A run of that id was there already. */
    record Exists() implements CopyResult {}

    /** Another run has its run key. */
    record KeyTaken(RunId by) implements CopyResult {}

    /**
     * Another run has a hook under the token of one that would be live.
     *
     * @param hook the id of that one
     */
    record TokenTaken(String hook, RunId by) implements CopyResult {}
  }
}
