package dev.fantasticfour.world.core.operate;

import org.jspecify.annotations.Nullable;

/**
 * Something that is done, and may fail in a way of its own.
 *
 * @param <T> what it comes to
 * @param <E> what it may throw beside what is unchecked
 */
@FunctionalInterface
public interface Work<T extends @Nullable Object, E extends Exception> {

  /** Does it. */
  T get() throws E;
}
