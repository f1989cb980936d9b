package dev.fantasticfour.world.tck.storage;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads lists page by page. */
public final class Pages {

  private Pages() {}

  /** All items, from the page that is asked for to the last. */
  public static <T> List<T> all(Function<PageRequest, Page<T>> read, PageRequest first) {
    List<T> items = new ArrayList<>();
    Set<@Nullable String> cursors = new HashSet<>();
    PageRequest next = first;
    while (true) {
      Page<T> page = read.apply(next);
      items.addAll(page.items());
      if (!page.hasMore()) {
        return items;
      }
      if (page.cursor() == null || page.items().isEmpty() || !cursors.add(page.cursor())) {
        throw new AssertionError("PAG-5: there is more, but the page " + page + " leads nowhere");
      }
      next = next.after(page.cursor());
    }
  }
}
