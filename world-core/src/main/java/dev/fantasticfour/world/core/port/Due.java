package dev.fantasticfour.world.core.port;

import java.time.Instant;

/**
 * When somebody has to look at a run although nothing is appended to it. Not a fact (law L1).
 * Whatever an owner says here, the store makes it {@link Now} while an event by somebody else lies
 * beyond the batch's {@code seen}.
 */
public sealed interface Due {

  /** Never: the run waits for an append. */
  record Never() implements Due {}

  /** Now, and until further notice: a turn or a body is in flight. */
  record Now() implements Due {}

  /** At that time by the store's clock. */
  record At(Instant time) implements Due {}

  /** Never. */
  Due NEVER = new Never();

  /** Now. */
  Due NOW = new Now();
}
