package dev.fantasticfour.world.test.store;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Streamer;

/** What outlives the processes of a test: servers, or memory. */
public interface Store extends AutoCloseable {

  /** How processes are configured that use it. */
  WorldConfig config();

  /** A storage as one process has it. */
  Storage storage();

  /** A queue as one process has it. */
  Queue queue(Machine machine);

  /** A streamer as one process has it. */
  Streamer streamer(Machine machine);

  /** The process that had that queue was lost. */
  void lost(Queue queue);

  /**
   * Whether something is under way between threads that the timeline does not know of. May wait a
   * moment to find that out.
   */
  default boolean isUnderWay() {
    return false;
  }

  @Override
  void close();
}
