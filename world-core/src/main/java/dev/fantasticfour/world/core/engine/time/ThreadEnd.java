package dev.fantasticfour.world.core.engine.time;

import java.io.Serial;

/**
 * How a {@link Machine} ends one of its own threads where it stands: that of a process which a
 * simulation has killed. The one thing that no loop survives; on a real machine it never happens.
 */
public abstract class ThreadEnd extends Error {

  @Serial private static final long serialVersionUID = 1;

  /** Without a trace: nobody is to look at it. */
  protected ThreadEnd(String message) {
    super(message, null, false, false);
  }
}
