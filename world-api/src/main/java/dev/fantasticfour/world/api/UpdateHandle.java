package dev.fantasticfour.world.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A handle to an update that is in the log of its run. Safe for any number of threads. */
public interface UpdateHandle<R> {

  /** The id of the update, unique within its run. */
  String id();

  /** The id of the run. */
  String runId();

  /**
   * Waits for the answer; told of it, not asking for it, but for one read when it begins. May be
   * called again, also after it timed out.
   *
   * @param timeout zero: only if there is an answer
   * @return what the handler returned, possibly null
   * @throws dev.fantasticfour.world.api.error.UpdateRejectedException when the run did not take it
   * @throws dev.fantasticfour.world.api.error.UpdateFailedException when what handled it failed, or
   *     the run ended first
   * @throws dev.fantasticfour.world.api.error.WorldException {@code TIMED_OUT} when there was no
   *     answer in that time; the update goes on. {@code UNAVAILABLE} when the store cannot say;
   *     {@code CLOSED}
   */
  @Nullable R result(Duration timeout);
}
