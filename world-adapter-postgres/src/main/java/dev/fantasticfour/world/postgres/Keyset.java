package dev.fantasticfour.world.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where a page begins (PAG-1 to PAG-7). A cursor holds the list with its filters, the direction,
 * and the key of the last item; it is opaque to callers and good for that list and direction only.
 *
 * @param fetch one more than the page holds, to know whether there is more
 */
record Keyset(
    boolean ascending,
    int fetch,
    @Nullable Instant afterTime,
    @Nullable String afterRun,
    @Nullable Long afterPosition,
    @Nullable String afterId) {

  private static final String NONE = "-";

  /** What orders an item; null members do not take part. */
  record Key(
      @Nullable Instant time, @Nullable String run, @Nullable Long position, @Nullable String id) {}

  /**
   * @param list names the list and all that filters it
   */
  static Keyset of(String list, PageRequest request) {
    boolean ascending = request.order() == PageRequest.Order.ASCENDING;
    int fetch = request.limit() + 1;
    if (request.cursor() == null) {
      return new Keyset(ascending, fetch, null, null, null, null);
    }
    String tag = tag(list, request);
    try {
      String text = new String(Base64.getUrlDecoder().decode(request.cursor()), UTF_8);
      if (text.startsWith(tag)) {
        String[] key = text.substring(tag.length()).split("\n", -1);
        if (key.length == 4) {
          return new Keyset(
              ascending,
              fetch,
              key[0].equals(NONE)
                  ? null
                  : Instant.EPOCH.plus(Long.parseLong(key[0]), ChronoUnit.MICROS),
              key[1].equals(NONE) ? null : key[1],
              key[2].equals(NONE) ? null : Long.valueOf(key[2]),
              key[3].equals(NONE) ? null : key[3]);
        }
      }
    } catch (IllegalArgumentException e) {
      throw invalid("cursor '" + request.cursor() + "' was not made by this world");
    }
    throw invalid("cursor '" + request.cursor() + "' belongs to another list, filter or direction");
  }

  /** The page that the rows make, of which one more than its limit may have been fetched. */
  static <R, T> Page<T> page(
      String list, PageRequest request, List<R> rows, Function<R, Key> key, Function<R, T> toItem) {
    boolean hasMore = rows.size() > request.limit();
    List<R> shown = hasMore ? rows.subList(0, request.limit()) : rows;
    String cursor =
        shown.isEmpty() ? request.cursor() : cursor(list, request, key.apply(shown.getLast()));
    return new Page<>(shown.stream().map(toItem).toList(), cursor, hasMore);
  }

  private static String cursor(String list, PageRequest request, Key key) {
    Instant time = key.time();
    String text =
        tag(list, request)
            + (time == null ? NONE : ChronoUnit.MICROS.between(Instant.EPOCH, time))
            + "\n"
            + (key.run() == null ? NONE : key.run())
            + "\n"
            + (key.position() == null ? NONE : key.position())
            + "\n"
            + (key.id() == null ? NONE : key.id());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  private static String tag(String list, PageRequest request) {
    return request.order() + "\n" + list + "\n";
  }

  private static WorldException invalid(String message) {
    return new WorldException(ErrorCode.INVALID_ARGUMENT, message);
  }
}
