package dev.fantasticfour.world.api;

import java.time.Duration;
import java.util.Optional;

/** A live read of a stream, for one thread at a time. */
public interface StreamReader<C> extends AutoCloseable {

  /**
   * The next item, waiting for it.
   *
   * @return empty when none came in that time
   */
  Optional<Item<C>> next(Duration patience) throws InterruptedException;

  /** Ends the read. Idempotent. */
  @Override
  void close();

  /** What a stream tells its reader. */
  sealed interface Item<C> {

    /** A chunk. Continue a later read at {@code index + 1}. */
    record Chunk<C>(long index, C value) implements Item<C> {}

    /** The step that wrote starts over: forget what it wrote from index {@code from} on. */
    record Restarted<C>(long index, String stepId, long from) implements Item<C> {}

    /** Chunks from {@code from} up to before {@code resumesAt} are gone. */
    record Truncated<C>(long from, long resumesAt) implements Item<C> {}

    /** Nothing more will come; returned again by every further call. */
    record End<C>() implements Item<C> {}
  }
}
