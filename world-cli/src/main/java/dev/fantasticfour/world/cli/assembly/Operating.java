package dev.fantasticfour.world.cli.assembly;

import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.cli.session.Actor;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.core.operate.Operations;
import dev.fantasticfour.world.core.operate.Operator;
import dev.fantasticfour.world.core.operate.Principal;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Storage;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a command acts through, in the name of whoever calls it, and what was opened for it. Closing
 * it closes that.
 */
public final class Operating implements AutoCloseable {

  private static final String VIA = "cli";

  private final Storage storage;
  private final @Nullable World world;
  private final @Nullable Queue queue;
  private final Operator operator;

  /**
   * @param world null where no client is needed
   * @param queue null where no queue is needed
   */
  Operating(Session session, Storage storage, @Nullable World world, @Nullable Queue queue) {
    this.storage = storage;
    this.world = world;
    this.queue = queue;
    Operations operations =
        new Operations(storage, this::client, this::messages, () -> "act_" + UUID.randomUUID());
    this.operator = operations.as(Principal.withAll(Actor.of(session)), VIA);
  }

  private WorldClient client() {
    if (world == null) {
      throw new IllegalStateException("this command was opened without a client");
    }
    return world.client();
  }

  private Queue messages() {
    if (queue == null) {
      throw new IllegalStateException("this command was opened without a queue");
    }
    return queue;
  }

  /** What may be done. */
  public Operator operator() {
    return operator;
  }

  /** The client, for what is only read; of what was opened with one. */
  public WorldClient reading() {
    return client();
  }

  /** The storage, for what is only read. */
  public Storage storage() {
    return storage;
  }

  /** A world closes its ports. */
  @Override
  public void close() {
    if (world != null) {
      world.close();
      return;
    }
    if (queue != null) {
      queue.close();
    }
    storage.close();
  }
}
