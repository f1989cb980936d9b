package dev.fantasticfour.world.core.engine.append;

import dev.fantasticfour.world.core.engine.time.Backoff;
import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.Machine;

/** How long to wait before the store is asked again, and whether to ask at all. Shared by all. */
final class Repetition {

  private final Backoff backoff;
  private final Bell stopping;
  private volatile boolean stopped;

  Repetition(Machine machine, Backoff backoff) {
    this.backoff = backoff;
    this.stopping = machine.bell();
  }

  /** Ends all pauses: nothing is repeated from now on. */
  void stop() {
    stopped = true;
    stopping.ring();
  }

  boolean isStopped() {
    return stopped;
  }

  /** Waits after some failures in a row. Returns whether to go on. */
  boolean pause(int failures) {
    try {
      return !stopping.await(() -> stopped, backoff.after(failures));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
