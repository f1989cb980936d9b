package dev.fantasticfour.world.api;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is done to many runs, one after the other, at a bounded rate: first looked at,
 * then done, and done again from where it stopped. Known by an operation id: doing it again under
 * the same id touches no run a second time.
 */
public interface Bulk {

  /** At most that many runs per second; 50 unless it is said. From 1 to 10 000. */
  Bulk rate(int perSecond);

  /** Why, kept with runs that are cancelled, terminated or paused. */
  Bulk reason(@Nullable String why);

  /** Who does it, kept with runs that are paused; as in {@link Run#pause(String, String)}. */
  Bulk by(@Nullable String who);

  /** Has a listener told of every run that was looked at, by this thread. */
  Bulk onEach(Consumer<String> listener);

  /**
   * What it would be done to. Changes nothing.
   *
   * @throws dev.fantasticfour.world.api.error.WorldException {@code INVALID_ARGUMENT} when the
   *     filter would have the store read all it has
   */
  BulkPreview preview();

  /**
   * Does it to all runs that matched when the ticket was given.
   *
   * @param ticket of {@link #preview}
   * @param anyway whether also when more than a tenth more match by now
   * @return what became of them; a run that refuses it holds up no other
   * @throws dev.fantasticfour.world.api.error.WorldException {@code INVALID_ARGUMENT} for a ticket
   *     that is none, or when many more match; {@code UNAVAILABLE} when the store does not answer:
   *     what was done is done, and doing it again goes on with the rest; {@code CLOSED} when the
   *     world is, or this thread is interrupted
   */
  BulkReport run(BulkVerb verb, String ticket, boolean anyway);
}
