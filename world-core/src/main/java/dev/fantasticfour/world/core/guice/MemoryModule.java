package dev.fantasticfour.world.core.guice;

import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.Singleton;
import com.google.inject.multibindings.OptionalBinder;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.memory.MemoryQueue;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.memory.MemoryStreamer;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Streamer;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Binds all three ports to the memory of this process, one empty store per injector: for tests and
 * first steps. They go by the {@link Machine} that another module sets, or else by this one.
 */
public final class MemoryModule extends AbstractModule {

  @Override
  protected void configure() {
    OptionalBinder.newOptionalBinder(binder(), Machine.class);
    Provider<Optional<Machine>> bound = getProvider(new Key<Optional<Machine>>() {});
    Supplier<Machine> machine = () -> bound.get().orElseGet(SystemMachine::new);
    bind(Storage.class)
        .toProvider(() -> new MemoryStorage(machine.get()::instant))
        .in(Singleton.class);
    bind(Queue.class).toProvider(() -> new MemoryQueue(machine.get())).in(Singleton.class);
    bind(Streamer.class).toProvider(() -> new MemoryStreamer(machine.get())).in(Singleton.class);
  }
}
