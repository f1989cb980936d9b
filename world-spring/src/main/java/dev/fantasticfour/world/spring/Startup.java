package dev.fantasticfour.world.spring;

/** What becomes of a context whose storage does not answer when it starts. */
public enum Startup {

  /** It does not start, and says why. */
  FAIL,

  /**
   * It starts; calls of the client fail with {@code UNAVAILABLE} for as long as the storage is
   * away, and the workers begin within seconds when it answers. What answers and cannot be worked
   * with, as a schema that was not migrated, fails the start all the same.
   */
  RETRY
}
