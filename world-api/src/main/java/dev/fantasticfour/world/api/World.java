package dev.fantasticfour.world.api;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.time.Duration;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/**
 * One node: a client, and workers once it is started. Several worlds over one store, in one process
 * or many, share the work.
 */
public interface World extends AutoCloseable {

  /**
   * Opens a world with the adapters that the configuration names and the class path holds.
   *
   * @param registrations what this node can execute; a node that only starts runs registers nothing
   * @throws WorldException {@code INVALID_CONFIGURATION} naming the setting, {@code UNAVAILABLE}
   *     naming the server
   */
  static World create(WorldConfig config, Consumer<Registrations> registrations) {
    return ServiceLoader.load(WorldProvider.class).stream()
        .findFirst()
        .orElseThrow(
            () ->
                new WorldException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "no engine on the class path: add world-core, and the adapters you use, as"
                        + " runtime dependencies"))
        .get()
        .create(config, registrations);
  }

  /**
   * Starts the workers. Idempotent, and after a failure it may be called again; whoever does not
   * closes the world, since connections of its adapters may keep the process alive. A process that
   * is only a client never calls it.
   *
   * @throws WorldException {@code UNAVAILABLE} when the store does not answer, or whatever it
   *     refuses the registration with; {@code CLOSED} when the world was closed
   */
  void start();

  /** Starts runs and talks to them. Works before {@link #start()}. */
  WorldClient client();

  /**
   * How this node is, as far as it knows without asking anybody; quick, and safe for any number of
   * threads. Also before {@link #start()} and after {@link #close()}.
   */
  Health health();

  /**
   * Takes no run any more, and goes on with those that it has: they hear what is said to them, and
   * their steps run. For a process that knows that it will end and has something else to wait for
   * before. Idempotent, quick, and not to be taken back; said before {@link #start()}, it holds
   * from then on. Steps of the queue are taken until the workers end.
   */
  void drain();

  /**
   * Ends the workers as {@link #close(Duration)} does, in the same time, and leaves the {@linkplain
   * #client() client} usable until the world is closed. Idempotent. They can't be started again.
   */
  void stop(Duration patience);

  /**
   * Stops: takes nothing new, lets step bodies finish up to {@code patience}, hands every run over
   * to the other nodes at once. Idempotent. Takes no longer than {@code patience} and a second,
   * whatever hangs or fails; what has not ended by then is left to itself, and what it held comes
   * back when its lease has run out. Called from a step body it returns at once, and the world
   * closes while the body comes to its end.
   */
  void close(Duration patience);

  /** Stops with a patience of 10 seconds. */
  @Override
  default void close() {
    close(Duration.ofSeconds(10));
  }
}
