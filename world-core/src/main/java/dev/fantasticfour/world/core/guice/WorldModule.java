package dev.fantasticfour.world.core.guice;

import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import dev.fantasticfour.world.api.Registrations;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.engine.EngineWorld;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.node.Registry;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.engine.time.Opening;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.observe.Observer;
import dev.fantasticfour.world.core.observe.Observers;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Streamer;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Binds {@link World} and {@link WorldClient}. Needs bindings of the three ports: install the
 * module of one adapter for each beside it; they are opened at the same time. The codec that values
 * go through, and the machine whose time and threads the engine lives on, are those of this process
 * unless another module sets them by an {@link OptionalBinder}. Every {@link Observer} that a
 * module adds by a {@link Multibinder} sees what the world does.
 */
public final class WorldModule extends AbstractModule {

  private final WorldConfig config;
  private final Consumer<Registrations> registrations;

  /**
   * @param registrations what this node can execute
   */
  public WorldModule(WorldConfig config, Consumer<Registrations> registrations) {
    this.config = config;
    this.registrations = registrations;
  }

  /**
   * Every binding has its provider written down: for a method or a constructor that Guice calls it
   * would define a class, with means that newer JDKs warn of.
   */
  @Override
  protected void configure() {
    OptionalBinder.newOptionalBinder(binder(), PayloadCodec.class)
        .setDefault()
        .toProvider(JacksonPayloadCodec::new)
        .in(Singleton.class);
    OptionalBinder.newOptionalBinder(binder(), Machine.class)
        .setDefault()
        .toProvider(SystemMachine::new)
        .in(Singleton.class);
    Multibinder.newSetBinder(binder(), Observer.class);
    Provider<Set<Observer>> observers = getProvider(new Key<Set<Observer>>() {});
    Provider<PayloadCodec> codec = getProvider(PayloadCodec.class);
    Provider<Machine> machine = getProvider(Machine.class);
    Provider<Storage> storage = getProvider(Storage.class);
    Provider<Queue> queue = getProvider(Queue.class);
    Provider<Streamer> streamer = getProvider(Streamer.class);
    bind(EngineWorld.class)
        .toProvider(
            () ->
                world(
                    codec.get(),
                    machine.get(),
                    storage,
                    queue,
                    streamer,
                    Observers.of(observers.get())))
        .in(Singleton.class);
    bind(World.class).to(EngineWorld.class);
    Provider<World> world = getProvider(World.class);
    bind(WorldClient.class).toProvider(() -> world.get().client());
  }

  /** The ports know nothing of each other, and each waits for a server. */
  private EngineWorld world(
      PayloadCodec codec,
      Machine machine,
      Provider<Storage> storage,
      Provider<Queue> queue,
      Provider<Streamer> streamer,
      Observer observer) {
    Opening opening = new Opening(machine);
    Opening.Part<Queue> messages = opening.begin(queue::get);
    Opening.Part<Streamer> streams = opening.begin(streamer::get);
    Storage store = opening.await(storage::get);
    Registry registry = new Registry();
    registrations.accept(registry);
    return new EngineWorld(
        config,
        store,
        messages.get(),
        streams.get(),
        codec,
        IdSource.of(machine),
        registry,
        machine,
        observer);
  }
}
