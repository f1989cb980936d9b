package dev.fantasticfour.world.core.virtual;

import java.io.Serial;

/**
 * Who waits on a {@link Timeline} whose time is held waits in vain: for too long, in real time,
 * nothing has happened. Says which threads are elsewhere, and where.
 */
public final class TimeStandsStill extends IllegalStateException {

  @Serial private static final long serialVersionUID = 1;

  TimeStandsStill(String message) {
    super(message);
  }
}
