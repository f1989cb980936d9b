package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.core.engine.run.RunExecution;

/** Where a run is that somebody has something to say to. */
sealed interface Place {

  /** It lives here. */
  record Here(RunExecution execution) implements Place {}

  /** It is coming, and will be told that there is something. */
  record Coming() implements Place {}

  /** Nobody here knows it. */
  record Unknown() implements Place {}
}
