package dev.fantasticfour.world.api.workflow;

import java.util.Collections;
import java.util.List;

/**
 * Writes chunks to a stream of a run. Several threads may use it; each call's chunks stay together.
 */
public interface StreamWriter<C> {

  /**
   * Appends a chunk; it is stored when this returns.
   *
   * @throws dev.fantasticfour.world.api.error.WorldException {@code INVALID_ARGUMENT} for null,
   *     {@code SERIALIZATION} for what cannot be written
   * @throws dev.fantasticfour.world.api.error.ContextMisuseException after the attempt of the step
   *     that opened the writer
   * @throws dev.fantasticfour.world.api.error.WorldException {@code RUN_ENDED} when the stream has
   *     ended, {@code UNAVAILABLE} when it cannot be reached
   * @throws java.util.concurrent.CancellationException when a newer attempt of the step has written
   */
  default void write(C chunk) {
    writeAll(Collections.singletonList(chunk));
  }

  /** Appends chunks in one go, contiguously. */
  void writeAll(List<? extends C> chunks);
}
