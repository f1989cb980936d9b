package dev.fantasticfour.world.tck;

import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Streamer;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** The kit on whatever world a thread has opened: never run by themselves, for most fail. */
final class WrongKits {

  private static final ThreadLocal<Supplier<Harness<?>>> OPEN = new ThreadLocal<>();

  private static final Map<Class<?>, Class<?>> KITS =
      Map.of(
          Storage.class,
          OfStorage.class,
          Queue.class,
          OfQueue.class,
          Streamer.class,
          OfStreamer.class);

  private WrongKits() {}

  /**
   * The kit for a port, over such worlds for the calling thread.
   *
   * @param patience how long it waits for what should come
   */
  static Class<?> over(Class<?> port, Supplier<? extends Harness<?>> opening, Duration patience) {
    OPEN.set(() -> patient(opening.get(), patience));
    return KITS.get(port);
  }

  private static <P extends AutoCloseable> Harness<P> patient(Harness<P> world, Duration patience) {
    Harness<P> patient =
        new Harness<>(
            world.opening(),
            world.time(),
            world.crash(),
            world.outage(),
            world.declined(),
            world.closing(),
            world.rounds(),
            patience,
            world.moment());
    String reason = "what is wrong is not that";
    Harness<P> timed = world.time() == null ? patient.without(Facility.CLOCK, reason) : patient;
    Harness<P> mortal = world.crash() == null ? timed.without(Facility.CRASH, reason) : timed;
    return mortal.without(Facility.OUTAGE, reason);
  }

  /** The caller knows which port the harness is for. */
  @SuppressWarnings("unchecked")
  private static <P extends AutoCloseable> Harness<P> open() {
    return (Harness<P>) OPEN.get().get();
  }

  static final class OfStorage extends StorageTck {
    @Override
    public Harness<Storage> harness() {
      return open();
    }
  }

  static final class OfQueue extends QueueTck {
    @Override
    public Harness<Queue> harness() {
      return open();
    }
  }

  static final class OfStreamer extends StreamerTck {
    @Override
    public Harness<Streamer> harness() {
      return open();
    }
  }
}
