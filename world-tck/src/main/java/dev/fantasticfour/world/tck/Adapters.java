package dev.fantasticfour.world.tck;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.QueueProvider;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.StorageProvider;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.core.port.StreamerProvider;
import java.util.EnumSet;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;

/** One instance of each port, as one process has them. */
public record Adapters(Storage storage, Queue queue, Streamer streamer) implements AutoCloseable {

  /** The adapters that the configuration names and the class path holds. */
  public static Adapters named(WorldConfig config) {
    return over(
        provider(StorageProvider.class, StorageProvider::name, config.storage()).open(config),
        config);
  }

  /** That storage, and the queue and the streamer that the configuration names. */
  public static Adapters over(Storage storage, WorldConfig config) {
    Queue queue = provider(QueueProvider.class, QueueProvider::name, config.queue()).open(config);
    Streamer streamer =
        provider(StreamerProvider.class, StreamerProvider::name, config.streamer()).open(config);
    return new Adapters(storage, queue, streamer);
  }

  private static <P> P provider(Class<P> type, Function<P, String> nameOf, String name) {
    return ServiceLoader.load(type).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> nameOf.apply(provider).equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the class path has no " + type + " named " + name));
  }

  /** The same ports, as one sees them through a fault line. */
  public Adapters through(FaultLine line) {
    return new Adapters(
        line.port(Storage.class, storage),
        line.port(Queue.class, queue),
        line.port(Streamer.class, streamer));
  }

  /** What the servers are. */
  String version() {
    return storage.version() + " + " + queue.version() + " + " + streamer.version();
  }

  /** What any of them declines. */
  Set<Capability> declined() {
    Set<Capability> declined = EnumSet.noneOf(Capability.class);
    declined.addAll(storage.declined());
    declined.addAll(queue.declined());
    declined.addAll(streamer.declined());
    return declined;
  }

  @Override
  public void close() {
    queue.close();
    streamer.close();
    storage.close();
  }
}
