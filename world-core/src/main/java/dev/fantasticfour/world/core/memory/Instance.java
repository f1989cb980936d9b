package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;

/**
 * One opened instance of a port, as those know it that work for it or hold something of it: to the
 * other instances over the same store it is a process, which runs until it is closed or dies. Any
 * number of threads.
 */
final class Instance {

  private final String port;
  private volatile boolean open = true;

  /**
   * @param port what it is of, for people
   */
  Instance(String port) {
    this.port = port;
  }

  boolean isOpen() {
    return open;
  }

  void end() {
    open = false;
  }

  /** Refuses a call with {@code CLOSED} when it is over. */
  void requireOpen() {
    if (!open) {
      throw new WorldException(ErrorCode.CLOSED, "this " + port + " is closed");
    }
  }
}
