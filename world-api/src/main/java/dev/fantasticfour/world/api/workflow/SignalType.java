package dev.fantasticfour.world.api.workflow;

/**
 * The typed key of a signal: what is sent to a run under a name.
 *
 * @param name stable for as long as there are runs that are sent it
 */
public record SignalType<P>(String name, ValueType<P> payload) {

  public SignalType {
    PersistentName.require("signal name", name);
  }

  /** A key for a plain class. */
  public static <P> SignalType<P> of(String name, Class<P> payload) {
    return new SignalType<>(name, ValueType.of(payload));
  }

  /** A key for a type with arguments. */
  public static <P> SignalType<P> of(String name, ValueType<P> payload) {
    return new SignalType<>(name, payload);
  }
}
