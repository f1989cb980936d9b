package dev.fantasticfour.world.api.run;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;

/**
 * The run in whose place a run goes on. Runs that go on one in place of the other are a chain.
 *
 * @param run the run before it
 * @param chain the first run of all
 * @param index its place in the chain: 1 for the first that goes on in place of another
 * @param idle how many runs right before it in the chain have done nothing but hand over
 */
public record Predecessor(String run, String chain, long index, int idle) {

  /** So many that do nothing but hand over, and the chain stands: it goes round in a circle. */
  public static final int MAX_IDLE = 100;

  public Predecessor {
    Ids.requireSafe("run before", run);
    Ids.requireSafe("chain", chain);
    if (index < 1 || idle < 0) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          "a run that continues another one is the 1st or later of its chain, is " + index);
    }
  }
}
