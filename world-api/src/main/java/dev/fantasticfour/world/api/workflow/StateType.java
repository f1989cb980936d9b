package dev.fantasticfour.world.api.workflow;

/**
 * The typed key of a state: what a run shows of itself under a name.
 *
 * @param name stable for as long as somebody reads it
 */
public record StateType<T>(String name, ValueType<T> value) {

  /** The largest value, in bytes as it is written. */
  public static final int MAX_BYTES = 64 * 1024;

  public StateType {
    PersistentName.require("state name", name);
  }

  /** A key for a plain class. */
  public static <T> StateType<T> of(String name, Class<T> value) {
    return new StateType<>(name, ValueType.of(value));
  }

  /** A key for a type with arguments. */
  public static <T> StateType<T> of(String name, ValueType<T> value) {
    return new StateType<>(name, value);
  }
}
