package dev.fantasticfour.world.core.port;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;

/**
 * For adapters that decline {@link Capability#RUN_COPIES}: every call is refused with {@code
 * NOT_SUPPORTED}.
 */
public interface NoRunCopies extends RunCopies {

  @Override
  default CopyResult copy(RunCopy copy) {
    throw new WorldException(
        ErrorCode.NOT_SUPPORTED,
        "this storage begins no run with the log of another: it declines RUN_COPIES");
  }
}
