package dev.fantasticfour.world.core.engine.append;

import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Appends batches and repeats each with the same id until the store has answered it. Batches of one
 * run are appended in the order in which they were given. Safe for any number of threads.
 */
public interface Appender extends AutoCloseable {

  /**
   * Appends a batch. Never blocks.
   *
   * @return the answer; it fails with a {@link WorldException}: {@code CLOSED}, or whatever the
   *     store refused the batch with, but never {@code UNAVAILABLE}
   */
  CompletableFuture<AppendResult> append(Batch batch);

  /**
   * Appends a batch and waits for the answer.
   *
   * @param patience how long to wait
   * @throws WorldException {@code UNAVAILABLE} when no answer came in time: it may or may not have
   *     been appended, and repeating it with the same id is safe; {@code THROTTLED}, {@code
   *     CLOSED}, or whatever the store refused the batch with
   */
  AppendResult appendNow(Batch batch, Duration patience);

  /** Takes nothing more; what is not answered by then fails with {@code CLOSED}. Idempotent. */
  @Override
  void close();
}
