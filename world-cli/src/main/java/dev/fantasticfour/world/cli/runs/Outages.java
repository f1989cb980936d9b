package dev.fantasticfour.world.cli.runs;

import dev.fantasticfour.world.api.config.Secrets;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.cli.session.Session;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads on behalf of somebody who follows: a store that does not answer is said once and asked
 * again, for to them it is a pause and no end.
 */
final class Outages {

  private final Session session;
  private boolean isAway;

  Outages(Session session) {
    this.session = session;
  }

  /** What was read, or nothing while the store is away. */
  <T> Optional<T> during(Supplier<T> read) {
    try {
      T answer = read.get();
      if (isAway) {
        isAway = false;
        session.err().println("world: the store answers again");
      }
      return Optional.of(answer);
    } catch (WorldException e) {
      if (e.code() != ErrorCode.UNAVAILABLE) {
        throw e;
      }
      if (!isAway) {
        isAway = true;
        session
            .err()
            .println("world: " + Secrets.mask(e.getMessage()) + "; this goes on when it answers");
      }
      return Optional.empty();
    }
  }
}
