package dev.fantasticfour.world.api.workflow;

/**
 * The typed key of an update: what somebody outside asks of a run, and what they get for an answer.
 *
 * @param name stable for as long as there are runs that use it
 */
public record UpdateType<Q, R>(String name, ValueType<Q> request, ValueType<R> answer) {

  public UpdateType {
    PersistentName.require("update name", name);
  }

  /** A key for plain classes. */
  public static <Q, R> UpdateType<Q, R> of(String name, Class<Q> request, Class<R> answer) {
    return new UpdateType<>(name, ValueType.of(request), ValueType.of(answer));
  }

  /** A key for types with arguments. */
  public static <Q, R> UpdateType<Q, R> of(String name, ValueType<Q> request, ValueType<R> answer) {
    return new UpdateType<>(name, request, answer);
  }
}
