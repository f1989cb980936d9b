package dev.fantasticfour.world.api.run;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;

/**
 * The run with whose log a run began: it goes on from there as if all of that had happened to it.
 *
 * @param run the one before it, which has ended and stays as it is
 * @param upTo so many events of its log it began with, at least 1; what follows is its own
 * @param identity the run whose id its steps, hooks, waits and children have theirs from, and so
 *     their idempotency keys: of a retry that of the run before it, of a fork its own
 * @param seed the run whose id its random numbers come from: what was drawn before is drawn again
 */
public record Origin(String run, long upTo, String identity, String seed) {

  public Origin {
    Ids.requireSafe("run before", run);
    Ids.requireSafe("identity", identity);
    Ids.requireSafe("seed", seed);
    if (upTo < 1) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          "a run begins with at least the first event of another one, not with " + upTo);
    }
  }
}
