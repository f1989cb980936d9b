package dev.fantasticfour.world.core.virtual;

import dev.fantasticfour.world.core.engine.time.ThreadEnd;
import java.io.Serial;

/** Unwinds a thread whose process was killed, or whose timeline is over. */
final class Killed extends ThreadEnd {

  @Serial private static final long serialVersionUID = 1;

  Killed() {
    super("killed");
  }
}
