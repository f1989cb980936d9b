package dev.fantasticfour.world.example.subscription;

import java.time.Duration;

/**
 * What somebody whose card was refused is given.
 *
 * @param pause how long a new card is waited for before the old one is tried again
 * @param pauses how many of them there are before the subscription lapses
 */
record Grace(Duration pause, int pauses) {

  /** Twelve days, with a letter every three. */
  static final Grace TWELVE_DAYS = new Grace(Duration.ofDays(3), 4);
}
