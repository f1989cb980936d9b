package dev.fantasticfour.world.api;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is wanted.
 *
 * @param limit how many items, at least 1; more than {@value #MAX} is read as {@value #MAX}
 * @param cursor of the page before, null for the first page. A cursor is good for the same list,
 *     filters and direction only; any other is refused with {@link ErrorCode#INVALID_ARGUMENT}
 *     (PAG-7)
 */
public record PageRequest(int limit, @Nullable String cursor, Order order) {

  /** The most items any page holds. */
  public static final int MAX = 1000;

  /** The direction of a list, by creation. */
  public enum Order {
    /** Oldest first. */
    ASCENDING,
    /** Newest first. */
    DESCENDING
  }

  public PageRequest {
    if (limit < 1) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT, "page limit must be at least 1, is " + limit);
    }
    limit = Math.min(limit, MAX);
  }

  /** The first page, newest first, 20 items: the default for runs and steps. */
  public static PageRequest newestFirst() {
    return new PageRequest(20, null, Order.DESCENDING);
  }

  /** The first page, oldest first, 100 items: the default for events and hooks. */
  public static PageRequest oldestFirst() {
    return new PageRequest(100, null, Order.ASCENDING);
  }

  /** The same with another limit. */
  public PageRequest withLimit(int newLimit) {
    return new PageRequest(newLimit, cursor, order);
  }

  /** The same, continued after that cursor. */
  public PageRequest after(@Nullable String newCursor) {
    return new PageRequest(limit, newCursor, order);
  }

  /** The same in that direction. */
  public PageRequest in(Order newOrder) {
    return new PageRequest(limit, cursor, newOrder);
  }
}
