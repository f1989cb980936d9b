package dev.fantasticfour.world.api.workflow;

import java.util.Collections;
import java.util.List;

/**
 * Writes chunks to a stream of a run. Several threads may use it; each call's chunks stay together,
 * up to some thousand.
 *
 * <p>While the streams are away, chunks are held in this process, some MiB of them; beyond that a
 * write waits. They are stored before the step ends, or its attempt counts as lost.
 */
public interface StreamWriter<C> {

  /**
   * Appends a chunk; it is stored when this returns, or is once the streams are back.
   *
   * @throws dev.fantasticfour.world.api.error.WorldException {@code INVALID_ARGUMENT} for null,
   *     {@code SERIALIZATION} for what cannot be written
   * @throws dev.fantasticfour.world.api.error.ContextMisuseException after the attempt of the step
   *     that opened the writer
   * @throws dev.fantasticfour.world.api.error.WorldException {@code RUN_ENDED} when the stream has
   *     ended, {@code CLOSED} when this process ends
   * @throws java.util.concurrent.CancellationException when a newer attempt of the step has written
   */
  default void write(C chunk) {
    writeAll(Collections.singletonList(chunk));
  }

  /** Appends chunks in one go, contiguously up to 1 000 of them. */
  void writeAll(List<? extends C> chunks);
}
