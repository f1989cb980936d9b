package dev.fantasticfour.world.cli.assembly;

import com.google.inject.AbstractModule;
import com.google.inject.Module;
import com.google.inject.Provider;
import com.google.inject.Singleton;
import dev.fantasticfour.world.api.Registrations;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.cli.server.Reach;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.core.guice.Assembled;
import dev.fantasticfour.world.core.guice.WorldModule;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.QueueProvider;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.StorageProvider;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.core.port.StreamerProvider;
import dev.fantasticfour.world.postgres.guice.PostgresStorageModule;
import dev.fantasticfour.world.redis.guice.RedisQueueModule;
import dev.fantasticfour.world.redis.guice.RedisStreamerModule;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Makes what commands ask, from one Guice module per part. The adapters of the house are named
 * here; any other one is found by its provider on the class path.
 */
public final class Assembly {

  private Assembly() {}

  /**
   * A world that executes nothing: it starts runs, talks to them and looks at them. It does without
   * Redis while that is away, and says so.
   */
  public static World client(Session session) {
    WorldConfig config = session.config();
    Reach.store(config);
    return world(config, nothing -> {});
  }

  /** A world. */
  public static World world(WorldConfig config, Consumer<Registrations> registrations) {
    return Assembled.from(
        World.class,
        List.of(
            new WorldModule(config, registrations),
            storage(config),
            queue(config),
            streamer(config)));
  }

  /** The storage alone. */
  public static Storage storage(Session session) {
    WorldConfig config = session.config();
    Reach.store(config);
    return Assembled.from(Storage.class, List.of(storage(config)));
  }

  /** The queue alone. */
  public static Queue queue(Session session) {
    WorldConfig config = session.config();
    Reach.everything(session, config);
    return Assembled.from(Queue.class, List.of(queue(config)));
  }

  /** What acts upon runs, in the name of whoever calls the command. */
  public static Operating operating(Session session) {
    WorldConfig config = session.config();
    Reach.store(config);
    List<Module> modules =
        List.of(
            new WorldModule(config, nothing -> {}),
            storage(config),
            queue(config),
            streamer(config),
            new AbstractModule() {
              @Override
              protected void configure() {
                Provider<World> world = getProvider(World.class);
                Provider<Storage> storage = getProvider(Storage.class);
                bind(Operating.class)
                    .toProvider(() -> new Operating(session, storage.get(), world.get(), null));
              }
            });
    return Assembled.from(Operating.class, modules);
  }

  /** The same for what needs the storage alone. */
  public static Operating onStorage(Session session) {
    return new Operating(session, storage(session), null, null);
  }

  /** The same for what needs the queue, and the storage for the audit. */
  public static Operating onQueue(Session session) {
    Queue queue = queue(session);
    try {
      return new Operating(session, storage(session), null, queue);
    } catch (RuntimeException e) {
      queue.close();
      throw e;
    }
  }

  private static Module storage(WorldConfig config) {
    return config.storage().equals("postgres")
        ? new PostgresStorageModule(config)
        : bound(
            Storage.class,
            () ->
                found(
                        StorageProvider.class,
                        StorageProvider::name,
                        "WORKFLOW_STORAGE",
                        config.storage())
                    .open(config));
  }

  private static Module queue(WorldConfig config) {
    return config.queue().equals("redis")
        ? new RedisQueueModule(config)
        : bound(
            Queue.class,
            () ->
                found(QueueProvider.class, QueueProvider::name, "WORKFLOW_QUEUE", config.queue())
                    .open(config));
  }

  private static Module streamer(WorldConfig config) {
    return config.streamer().equals("redis")
        ? new RedisStreamerModule(config)
        : bound(
            Streamer.class,
            () ->
                found(
                        StreamerProvider.class,
                        StreamerProvider::name,
                        "WORKFLOW_STREAMER",
                        config.streamer())
                    .open(config));
  }

  private static <T> Module bound(Class<T> port, Provider<T> opening) {
    return new AbstractModule() {
      @Override
      protected void configure() {
        bind(port).toProvider(opening).in(Singleton.class);
      }
    };
  }

  private static <P> P found(
      Class<P> type, Function<P, String> nameOf, String variable, String name) {
    for (P provider : ServiceLoader.load(type)) {
      if (nameOf.apply(provider).equals(name)) {
        return provider;
      }
    }
    throw new WorldException(
        ErrorCode.INVALID_CONFIGURATION,
        variable + " names the adapter '" + name + "', which is not on the class path");
  }
}
