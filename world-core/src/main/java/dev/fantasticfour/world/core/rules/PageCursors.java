package dev.fantasticfour.world.core.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.util.Base64;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Keyset pages over lists whose items have a number that orders them (PAG-1 to PAG-7). A cursor
 * holds the list with its filters, the direction, and the number of the last item; it is opaque to
 * callers and good for the same list and direction only.
 */
public final class PageCursors {

  private PageCursors() {}

  /**
   * The number of the item after which the page begins; null for the first page.
   *
   * @param list names the list and all that filters it
   * @throws WorldException {@code INVALID_ARGUMENT} for a cursor of another list, filter or
   *     direction, or that nobody made (PAG-7)
   */
  public static @Nullable Long after(String list, PageRequest request) {
    String cursor = request.cursor();
    if (cursor == null) {
      return null;
    }
    String tag = tag(list, request);
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
      if (text.startsWith(tag)) {
        return Long.valueOf(text.substring(tag.length()));
      }
    } catch (IllegalArgumentException e) {
      throw invalid("cursor '" + cursor + "' was not made by this world");
    }
    throw invalid("cursor '" + cursor + "' belongs to another list, filter or direction");
  }

  /**
   * The page that items make.
   *
   * @param list names the list and all that filters it
   * @param items what follows {@link #after}, in the order of the request; one more than its limit,
   *     if there are as many, so that the page knows whether there is more
   * @param number what orders the items
   */
  public static <T> Page<T> page(
      String list, PageRequest request, List<T> items, ToLongFunction<T> number) {
    boolean hasMore = items.size() > request.limit();
    List<T> shown = hasMore ? items.subList(0, request.limit()) : items;
    String cursor =
        shown.isEmpty() ? request.cursor() : of(list, request, number.applyAsLong(shown.getLast()));
    return new Page<>(shown, cursor, hasMore);
  }

  /**
   * The page of a list that is there as a whole.
   *
   * @param list names the list and all that filters it
   * @param items all items, by number, ascending
   * @param number what orders the items, unique
   */
  public static <T> Page<T> pageOfAll(
      String list, PageRequest request, List<T> items, ToLongFunction<T> number) {
    boolean ascending = request.order() == PageRequest.Order.ASCENDING;
    Long after = after(list, request);
    List<T> rest =
        (ascending ? items : items.reversed())
            .stream()
                .filter(item -> isBeyond(number.applyAsLong(item), after, ascending))
                .limit(request.limit() + 1L)
                .toList();
    return page(list, request, rest, number);
  }

  private static boolean isBeyond(long number, @Nullable Long after, boolean ascending) {
    return after == null || (ascending ? number > after : number < after);
  }

  /** The cursor after the item of that number. */
  public static String of(String list, PageRequest request, long number) {
    String text = tag(list, request) + number;
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  private static String tag(String list, PageRequest request) {
    return request.order() + "\n" + list + "\n";
  }

  private static WorldException invalid(String message) {
    return new WorldException(ErrorCode.INVALID_ARGUMENT, message);
  }
}
