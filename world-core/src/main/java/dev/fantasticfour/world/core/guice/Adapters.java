package dev.fantasticfour.world.core.guice;

import com.google.inject.AbstractModule;
import com.google.inject.Module;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import dev.fantasticfour.world.api.Registrations;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.observe.Observer;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.QueueProvider;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.StorageProvider;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.core.port.StreamerProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the three ports of a world are opened, for whoever assembles one without Guice: frameworks
 * that put something else in the place of one of them.
 *
 * @param storage opens the storage; called once for each world
 * @param queue opens the queue; called once for each world
 * @param streamer opens the streamer; called once for each world
 */
public record Adapters(
    Supplier<? extends Storage> storage,
    Supplier<? extends Queue> queue,
    Supplier<? extends Streamer> streamer) {

  /**
   * Those that the configuration names, found on the class path. None is opened by that.
   *
   * @throws WorldException {@code INVALID_CONFIGURATION} naming the option of one that is not there
   */
  public static Adapters named(WorldConfig config) {
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
    return new Adapters(
        () -> storage.open(config), () -> queue.open(config), () -> streamer.open(config));
  }

  /** The same with another storage. */
  public Adapters withStorage(Supplier<? extends Storage> other) {
    return new Adapters(other, queue, streamer);
  }

  /**
   * Opens a world over them. What was opened is closed again when something fails.
   *
   * @param registrations what this node can execute
   * @param codec what values go through; null: the engine's own
   * @throws WorldException as {@link World#create} does
   */
  public World open(
      WorldConfig config, Consumer<Registrations> registrations, @Nullable PayloadCodec codec) {
    return open(config, registrations, codec, List.of());
  }

  /**
   * The same, seen by these as well.
   *
   * @param observers each in the place of one of its class that is found on the class path
   */
  public World open(
      WorldConfig config,
      Consumer<Registrations> registrations,
      @Nullable PayloadCodec codec,
      List<Observer> observers) {
    Set<Class<?>> given = observers.stream().map(Observer::getClass).collect(Collectors.toSet());
    List<Module> modules = new ArrayList<>();
    modules.add(new WorldModule(config, registrations));
    modules.add(
        new AbstractModule() {
          @Override
          protected void configure() {
            bind(Storage.class).toProvider(storage::get).in(Singleton.class);
            bind(Queue.class).toProvider(queue::get).in(Singleton.class);
            bind(Streamer.class).toProvider(streamer::get).in(Singleton.class);
            Multibinder<Observer> bound = Multibinder.newSetBinder(binder(), Observer.class);
            for (ServiceLoader.Provider<Observer> found :
                ServiceLoader.load(Observer.class).stream().toList()) {
              if (!given.contains(found.type())) {
                bound.addBinding().toInstance(found.get());
              }
            }
            observers.forEach(observer -> bound.addBinding().toInstance(observer));
            if (codec != null) {
              OptionalBinder.newOptionalBinder(binder(), PayloadCodec.class)
                  .setBinding()
                  .toInstance(codec);
            }
          }
        });
    return Assembled.from(World.class, modules);
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
