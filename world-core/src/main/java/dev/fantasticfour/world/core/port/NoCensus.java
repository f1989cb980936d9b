package dev.fantasticfour.world.core.port;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;

/** For adapters that decline {@link Capability#CENSUS}: the call is refused. */
public interface NoCensus extends Census {

  @Override
  default Counts census() {
    throw new WorldException(
        ErrorCode.NOT_SUPPORTED, "this storage does not count what it holds: it declines CENSUS");
  }
}
