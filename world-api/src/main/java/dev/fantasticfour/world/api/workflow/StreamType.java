package dev.fantasticfour.world.api.workflow;

/**
 * The typed key of a stream: its name within the run, and what its chunks are.
 *
 * @param name the namespace; one run may have many
 */
public record StreamType<C>(String name, ValueType<C> chunk) {

  public StreamType {
    PersistentName.require("stream name", name);
  }

  /** A key for a plain class. */
  public static <C> StreamType<C> of(String name, Class<C> chunk) {
    return new StreamType<>(name, ValueType.of(chunk));
  }

  /** A key for a type with arguments. */
  public static <C> StreamType<C> of(String name, ValueType<C> chunk) {
    return new StreamType<>(name, chunk);
  }
}
