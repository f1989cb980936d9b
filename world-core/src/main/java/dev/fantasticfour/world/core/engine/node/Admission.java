package dev.fantasticfour.world.core.engine.node;

/**
 * Lets runs in while there are places, and notes when it turned one away, so that those who wait
 * outside hear when there is room again. Guarded by the lock of the table.
 */
final class Admission {

  /**
   * Room is this part of the places: who comes then brings many, and comes that much less often.
   */
  private static final int ROOM = 4;

  private final int places;
  private boolean turnedAway;
  private boolean closed;

  Admission(int places) {
    this.places = places;
  }

  /** Nothing is let in any more. */
  void close() {
    closed = true;
  }

  /**
   * How many more may come.
   *
   * @param busy how many have a place
   */
  int free(int busy) {
    return closed ? 0 : Math.max(0, places - busy);
  }

  /** Whether one more may come. */
  boolean admits(int busy) {
    boolean admits = free(busy) > 0;
    turnedAway |= !admits && !closed;
    return admits;
  }

  /** Whether there is room again since one was turned away; says so once. */
  boolean takeRoom(int busy) {
    boolean room = turnedAway && !closed && (places - busy) * ROOM >= places;
    turnedAway &= !room;
    return room;
  }
}
