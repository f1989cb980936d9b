package dev.fantasticfour.world.core.engine.program;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is due when, by id; of equal times in the order in which they were set. */
final class Agenda {

  private record Item(Instant time, long number, String id) {}

  private static final Comparator<Item> SOONEST =
      Comparator.comparing(Item::time).thenComparingLong(Item::number);

  // Every run has several, and most runs have nothing in them.
  private Map<String, Item> byId = Map.of();
  private NavigableSet<Item> byTime = Collections.emptyNavigableSet();
  private long numbers;

  /** Sets a time, in place of any it had. */
  void set(String id, Instant time) {
    if (byId.isEmpty()) {
      byId = new HashMap<>();
      byTime = new TreeSet<>(SOONEST);
    }
    remove(id);
    Item item = new Item(time, numbers++, id);
    byId.put(id, item);
    byTime.add(item);
  }

  void remove(String id) {
    Item item = byId.get(id);
    if (item != null) {
      byId.remove(id);
      byTime.remove(item);
    }
  }

  /**
   * The time of that id.
   *
   * @throws NullPointerException when it has none
   */
  Instant time(String id) {
    return Objects.requireNonNull(byId.get(id), id).time();
  }

  /** The first time, or null. */
  @Nullable Instant next() {
    return byTime.isEmpty() ? null : byTime.first().time();
  }

  /** Those due by then, soonest first. */
  List<String> due(Instant time) {
    List<String> due = new ArrayList<>();
    for (Item item : byTime) {
      if (item.time().isAfter(time)) {
        break;
      }
      due.add(item.id());
    }
    return due;
  }
}
