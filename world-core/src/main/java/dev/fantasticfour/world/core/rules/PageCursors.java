package dev.fantasticfour.world.core.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Keyset pages over lists whose items have a number that orders them, or a number and an id where
 * numbers may be equal (PAG-1 to PAG-7). A cursor holds the list with its filters, the direction,
 * and the place of the last item; it is opaque to callers and good for the same list and direction
 * only.
 */
public final class PageCursors {

  private PageCursors() {}

  /**
   * What orders an item.
   *
   * @param id tells items of one number apart; empty where no two have one
   */
  public record Place(long number, String id) implements Comparable<Place> {

    private static final Comparator<Place> ORDER =
        Comparator.comparingLong(Place::number).thenComparing(Place::id);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  /** The number of the item after which the page begins; null for the first page. */
  public static @Nullable Long after(String list, PageRequest request) {
    Place after = place(list, request);
    return after == null ? null : after.number();
  }

  /**
   * The place of the item after which the page begins; null for the first page.
   *
   * @param list names the list and all that filters it
   * @throws WorldException {@code INVALID_ARGUMENT} for a cursor of another list, filter or
   *     direction, or that nobody made (PAG-7)
   */
  public static @Nullable Place place(String list, PageRequest request) {
    String cursor = request.cursor();
    if (cursor == null) {
      return null;
    }
    String tag = tag(list, request);
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
      if (text.startsWith(tag)) {
        String[] place = text.substring(tag.length()).split("\n", 2);
        return new Place(Long.parseLong(place[0]), place.length < 2 ? "" : place[1]);
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
    return placed(list, request, items, numbered(number));
  }

  /** The same of items that have places. */
  public static <T> Page<T> placed(
      String list, PageRequest request, List<T> items, Function<T, Place> place) {
    boolean hasMore = items.size() > request.limit();
    List<T> shown = hasMore ? items.subList(0, request.limit()) : items;
    String cursor =
        shown.isEmpty() ? request.cursor() : of(list, request, place.apply(shown.getLast()));
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
    return placedOfAll(list, request, items, numbered(number));
  }

  /**
   * The same of items that have places.
   *
   * @param items all items, by place, ascending
   * @param place what orders the items, unique
   */
  public static <T> Page<T> placedOfAll(
      String list, PageRequest request, List<T> items, Function<T, Place> place) {
    boolean ascending = request.order() == PageRequest.Order.ASCENDING;
    Place after = place(list, request);
    List<T> rest =
        (ascending ? items : items.reversed())
            .stream()
                .filter(item -> isBeyond(place.apply(item), after, ascending))
                .limit(request.limit() + 1L)
                .toList();
    return placed(list, request, rest, place);
  }

  private static <T> Function<T, Place> numbered(ToLongFunction<T> number) {
    return item -> new Place(number.applyAsLong(item), "");
  }

  private static boolean isBeyond(Place place, @Nullable Place after, boolean ascending) {
    return after == null || (ascending ? place.compareTo(after) > 0 : place.compareTo(after) < 0);
  }

  /** The cursor after the item of that number. */
  public static String of(String list, PageRequest request, long number) {
    return of(list, request, new Place(number, ""));
  }

  private static String of(String list, PageRequest request, Place place) {
    String id = place.id().isEmpty() ? "" : "\n" + place.id();
    String text = tag(list, request) + place.number() + id;
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  private static String tag(String list, PageRequest request) {
    return request.order() + "\n" + list + "\n";
  }

  private static WorldException invalid(String message) {
    return new WorldException(ErrorCode.INVALID_ARGUMENT, message);
  }
}
