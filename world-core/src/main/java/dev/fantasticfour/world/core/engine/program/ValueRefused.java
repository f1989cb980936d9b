package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.util.function.Supplier;

/**
 * A value of a workflow or a step that World could not write or read, on its way to whoever records
 * that: the same complaint about a value of somebody else's, let out by the author's code, is an
 * exception like any other.
 */
public final class ValueRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final WorldException why;

  private ValueRefused(WorldException why) {
    super(why);
    this.why = why;
  }

  /** What the codec said. */
  public WorldException why() {
    return why;
  }

  /** The value that this writes or reads. */
  @SuppressWarnings("NullAway") // null exactly where the coding gives null
  public static <T> T coded(Supplier<T> coding) {
    try {
      return coding.get();
    } catch (WorldException e) {
      throw e.code() == ErrorCode.SERIALIZATION ? new ValueRefused(e) : e;
    }
  }
}
