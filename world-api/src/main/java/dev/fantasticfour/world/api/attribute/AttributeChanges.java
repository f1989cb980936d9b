package dev.fantasticfour.world.api.attribute;

import dev.fantasticfour.world.api.error.WorldException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Changes to the attributes of a run: {@code a -> a.set(CUSTOMER, "c-1").unset(AMOUNT)}. What is
 * not named stays. Immutable.
 *
 * @param changes by name; empty for what is removed
 */
public record AttributeChanges(Map<String, Optional<AttributeValue>> changes) {

  /** No change. */
  public static final AttributeChanges NONE = new AttributeChanges(Map.of());

  public AttributeChanges {
    changes = Map.copyOf(changes);
  }

  /**
   * The same, and sets one.
   *
   * @throws WorldException {@code INVALID_ARGUMENT} beyond {@link AttributeLimits}
   */
  public <T> AttributeChanges set(AttributeKey<T> key, T value) {
    return with(key.name(), Optional.of(key.value(value)));
  }

  /** The same, and sets one, for tools. */
  public AttributeChanges set(String name, AttributeValue value) {
    return with(
        AttributeLimits.requireKey(name), Optional.of(AttributeLimits.requireValue(name, value)));
  }

  /** The same, and removes one; one that is not there is no error. */
  public AttributeChanges unset(AttributeKey<?> key) {
    return unset(key.name());
  }

  /** The same, and removes the one of that name, whatever it may be called. */
  public AttributeChanges unset(String name) {
    return with(name, Optional.empty());
  }

  private AttributeChanges with(String name, Optional<AttributeValue> value) {
    Map<String, Optional<AttributeValue>> more = new TreeMap<>(changes);
    more.put(name, value);
    return new AttributeChanges(more);
  }
}
