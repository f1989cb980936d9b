package dev.fantasticfour.world.core.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import java.util.Base64;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Keyset pages (PAG-1 to PAG-7). A cursor holds the list with its filters, the direction, and the
 * key of the last item; it is opaque to callers and good for the same list and direction only.
 */
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
    String tag = tag(list, request);
    boolean ascending = request.order() == PageRequest.Order.ASCENDING;
    Long after = after(tag, request.cursor());
    List<T> rest =
        (ascending ? items : items.reversed())
            .stream()
                .filter(item -> after == null || isBeyond(key.applyAsLong(item), after, ascending))
                .limit(request.limit() + 1L)
                .toList();
    boolean hasMore = rest.size() > request.limit();
    List<T> shown = hasMore ? rest.subList(0, request.limit()) : rest;
    String cursor =
        shown.isEmpty() ? request.cursor() : encode(tag + key.applyAsLong(shown.getLast()));
    return new Page<>(shown, cursor, hasMore);
  }

  /** The same, but an empty page has a cursor too: the start of the list. Ascending only. */
  static <T> Page<T> pageFromStart(
      String list, List<T> items, ToLongFunction<T> key, PageRequest request) {
    Page<T> page = page(list, items, key, request);
    return page.cursor() == null
        ? new Page<>(page.items(), encode(tag(list, request) + -1), page.hasMore())
        : page;
  }

  private static String tag(String list, PageRequest request) {
    return request.order() + "\n" + list + "\n";
  }

  private static boolean isBeyond(long key, long after, boolean ascending) {
    return ascending ? key > after : key < after;
  }

  private static @Nullable Long after(String tag, @Nullable String cursor) {
    if (cursor == null) {
      return null;
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
      if (text.startsWith(tag)) {
        return Long.valueOf(text.substring(tag.length()));
      }
    } catch (IllegalArgumentException e) {
      throw MemoryStore.invalid("cursor '" + cursor + "' was not made by this world");
    }
    throw MemoryStore.invalid(
        "cursor '" + cursor + "' belongs to another list, filter or direction");
  }

  private static String encode(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }
}
