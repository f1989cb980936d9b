package dev.fantasticfour.world.api;

import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.StreamType;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A handle to a run, on any node. Making one does no I/O; any number of threads may use it. */
public interface Run<T> {

  /** The run's id. */
  String id();

  /**
   * Waits for the result; told of it, not asking for it. When the time is over the store is asked
   * once, for 5 seconds at most: an ended run answers however short the time was.
   *
   * @param timeout zero or less: only if it has ended
   * @return what the workflow returned, possibly null
   * @throws dev.fantasticfour.world.api.error.RunFailedException when it failed
   * @throws dev.fantasticfour.world.api.error.RunCancelledException when it was cancelled or
   *     terminated
   * @throws dev.fantasticfour.world.api.error.WorldException {@code TIMED_OUT} when it did not end
   *     in that time, saying what it does instead: a run that stands says why, one that no worker
   *     takes what it needs; {@code UNAVAILABLE} when the store cannot say that; {@code
   *     RUN_NOT_FOUND}; {@code CLOSED}
   */
  @Nullable T result(Duration timeout);

  /**
   * The same as a future. It stays open while the run goes on, also while the store is away, and
   * fails when the world is closed.
   */
  CompletableFuture<T> resultAsync();

  /** What the run is doing now, read from the store. */
  RunView view();

  /**
   * Asks the run to cancel itself: its code gets a {@link
   * dev.fantasticfour.world.api.error.CancelledException} and may clean up. Nothing happens when it
   * has ended.
   *
   * @return whether the request was recorded
   */
  boolean cancel(@Nullable String reason);

  /** Ends the run at once, without asking its code. Returns whether it was still going. */
  boolean terminate(@Nullable String reason);

  /**
   * Ends the sleeps the run is in, and has a stalled run tried again at once. Returns how many
   * sleeps it ended.
   */
  int wakeUp();

  /**
   * Waits until the run has a live hook of that type that wants a payload. One that was sent a
   * payload counts again when the run has read what there was, waits, and has not closed it.
   *
   * @return its token
   * @throws dev.fantasticfour.world.api.error.WorldException {@code TIMED_OUT} saying what the run
   *     does instead, {@code RUN_ENDED}, {@code RUN_NOT_FOUND}; {@code UNAVAILABLE} when the store
   *     was away at the end of that time
   */
  String awaitHook(HookType<?> type, Duration timeout);

  /**
   * Reads a stream live, from an index on. The read ends when the run has ended, also when the
   * stream was never written to. Of a run that there is not, {@link StreamReader#next} throws
   * {@code RUN_NOT_FOUND}.
   *
   * @param from first index wanted; {@code -k} = the last k there are now
   */
  <C> StreamReader<C> stream(StreamType<C> type, long from);
}
