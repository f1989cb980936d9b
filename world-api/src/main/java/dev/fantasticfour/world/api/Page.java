package dev.fantasticfour.world.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param cursor just after the last item, in the direction of the request; never null when there
 *     are items (PAG-3), usable any number of times, on any node, also later to read what has come
 *     since
 * @param hasMore whether at least one further item existed when this page was read (PAG-2)
 */
public record Page<T>(List<T> items, @Nullable String cursor, boolean hasMore) {

  public Page {
    items = List.copyOf(items);
  }
}
