package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.core.rules.PageCursors;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Pages of lists that are in memory as a whole. */
final class Cursors {

  private Cursors() {}

  /**
   * One page of a list.
   *
   * @param list names the list and all that filters it
   * @param items all items, by key, ascending
   * @param key what orders the items, unique
   */
  static <T> Page<T> page(String list, List<T> items, ToLongFunction<T> key, PageRequest request) {
    boolean ascending = request.order() == PageRequest.Order.ASCENDING;
    Long after = PageCursors.after(list, request);
    List<T> rest =
        (ascending ? items : items.reversed())
            .stream()
                .filter(item -> isBeyond(key.applyAsLong(item), after, ascending))
                .limit(request.limit() + 1L)
                .toList();
    return PageCursors.page(list, request, rest, key);
  }

  /** The same, but an empty page has a cursor too: the start of the list. Ascending only. */
  static <T> Page<T> pageFromStart(
      String list, List<T> items, ToLongFunction<T> key, PageRequest request) {
    Page<T> page = page(list, items, key, request);
    return page.cursor() == null
        ? new Page<>(page.items(), PageCursors.of(list, request, -1), page.hasMore())
        : page;
  }

  private static boolean isBeyond(long key, @Nullable Long after, boolean ascending) {
    return after == null || (ascending ? key > after : key < after);
  }
}
