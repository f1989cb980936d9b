package dev.fantasticfour.world.core.virtual;

/** What somebody waits for a time for; by that, time moves on or not where a test holds it. */
enum Kind {
  /** A pause of the engine's own, or nothing to wait for at all. It passes by itself. */
  BRIEF,
  /** A time that somebody has set: the end of a sleep, of a pause between attempts, of a limit. */
  TIME,
  /** A rhythm. Nothing depends on when it comes round, and time never moves for it. */
  REST
}
