package dev.fantasticfour.world.cli.assembly;

import dev.fantasticfour.world.api.Registrations;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.cli.server.Reach;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.QueueProvider;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.StorageProvider;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** Makes what commands ask, from the configuration. */
public final class Assembly {

  private Assembly() {}

  /** A world that executes nothing: it starts runs, talks to them and looks at them. */
  public static World client(Session session) {
    WorldConfig config = session.config();
    Reach.everything(session, config);
    return world(config, nothing -> {});
  }

  /** A world. */
  public static World world(WorldConfig config, Consumer<Registrations> registrations) {
    return World.create(config, registrations);
  }

  /** The queue alone. */
  public static Queue queue(Session session) {
    WorldConfig config = session.config();
    Reach.everything(session, config);
    for (QueueProvider provider : ServiceLoader.load(QueueProvider.class)) {
      if (provider.name().equals(config.queue())) {
        return provider.open(config);
      }
    }
    throw unknown("WORKFLOW_QUEUE", config.queue());
  }

  /** The storage alone. */
  public static Storage storage(WorldConfig config) {
    for (StorageProvider provider : ServiceLoader.load(StorageProvider.class)) {
      if (provider.name().equals(config.storage())) {
        return provider.open(config);
      }
    }
    throw unknown("WORKFLOW_STORAGE", config.storage());
  }

  private static WorldException unknown(String variable, String name) {
    return new WorldException(
        ErrorCode.INVALID_CONFIGURATION,
        variable + " names the adapter '" + name + "', which is not on the class path");
  }
}
