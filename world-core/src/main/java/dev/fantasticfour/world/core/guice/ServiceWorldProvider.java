package dev.fantasticfour.world.core.guice;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import dev.fantasticfour.world.api.Registrations;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.WorldProvider;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.observe.Observer;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.QueueProvider;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.StorageProvider;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.core.port.StreamerProvider;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Opens a world with the adapters that the configuration names and the class path holds, for
 * applications that compile against {@code world-api} alone; every {@link Observer} on the class
 * path sees what it does. Assembles with {@link WorldModule}, as everybody does.
 */
public final class ServiceWorldProvider implements WorldProvider {

  @Override
  public World create(WorldConfig config, Consumer<Registrations> registrations) {
    // All are looked for before any is opened.
    StorageProvider storage =
        adapter(
            StorageProvider.class,
            StorageProvider::name,
            config.storage(),
            "storage (WORKFLOW_STORAGE)");
    QueueProvider queue =
        adapter(QueueProvider.class, QueueProvider::name, config.queue(), "queue (WORKFLOW_QUEUE)");
    StreamerProvider streamer =
        adapter(
            StreamerProvider.class,
            StreamerProvider::name,
            config.streamer(),
            "streamer (WORKFLOW_STREAMER)");
    return Assembled.from(
        World.class,
        List.of(
            new WorldModule(config, registrations),
            new AbstractModule() {
              @Override
              protected void configure() {
                bind(Storage.class).toProvider(() -> storage.open(config)).in(Singleton.class);
                bind(Queue.class).toProvider(() -> queue.open(config)).in(Singleton.class);
                bind(Streamer.class).toProvider(() -> streamer.open(config)).in(Singleton.class);
                Multibinder<Observer> observers =
                    Multibinder.newSetBinder(binder(), Observer.class);
                for (Observer observer : ServiceLoader.load(Observer.class)) {
                  observers.addBinding().toInstance(observer);
                }
              }
            }));
  }

  private static <P> P adapter(
      Class<P> type, Function<P, String> nameOf, String name, String option) {
    TreeSet<String> found = new TreeSet<>();
    for (P provider : ServiceLoader.load(type)) {
      if (nameOf.apply(provider).equals(name)) {
        return provider;
      }
      found.add(nameOf.apply(provider));
    }
    throw new WorldException(
        ErrorCode.INVALID_CONFIGURATION,
        option
            + " is '"
            + name
            + "', but the class path has only "
            + found
            + "; add that adapter as a runtime dependency or choose another");
  }
}
