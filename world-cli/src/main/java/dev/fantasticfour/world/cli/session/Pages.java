package dev.fantasticfour.world.cli.session;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads lists to their end. */
public final class Pages {

  private Pages() {}

  /** Every item, oldest first. */
  public static <T> List<T> all(Function<PageRequest, Page<T>> list) {
    List<T> all = new ArrayList<>();
    PageRequest request = PageRequest.oldestFirst().withLimit(PageRequest.MAX);
    Page<T> page = list.apply(request);
    all.addAll(page.items());
    while (page.hasMore()) {
      page = list.apply(request.after(page.cursor()));
      all.addAll(page.items());
    }
    return all;
  }
}
