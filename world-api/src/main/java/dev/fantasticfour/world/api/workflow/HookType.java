package dev.fantasticfour.world.api.workflow;

/**
 * The typed key of a hook: what kind of payload arrives from outside.
 *
 * @param name stable for as long as there are runs that use it
 */
public record HookType<P>(String name, ValueType<P> payload) {

  public HookType {
    PersistentName.require("hook name", name);
  }

  /** A key for a plain class. */
  public static <P> HookType<P> of(String name, Class<P> payload) {
    return new HookType<>(name, ValueType.of(payload));
  }

  /** A key for a type with arguments. */
  public static <P> HookType<P> of(String name, ValueType<P> payload) {
    return new HookType<>(name, payload);
  }
}
