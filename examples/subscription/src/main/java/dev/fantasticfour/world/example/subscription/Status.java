package dev.fantasticfour.world.example.subscription;

/** How a subscription stands. */
public enum Status {
  /** It goes on, and its periods are paid for. */
  ACTIVE,
  /** The card was refused, and the subscriber was written to. */
  PAST_DUE,
  /** It was cancelled, and goes on to the end of the period that is paid for. */
  ENDING,
  /** It has ended, since the subscriber wanted it. */
  CANCELLED,
  /** It has ended, since nobody paid. */
  LAPSED
}
