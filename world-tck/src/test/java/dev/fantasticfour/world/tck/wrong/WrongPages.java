package dev.fantasticfour.world.tck.wrong;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The ways to turn pages wrongly. */
final class WrongPages {

  private WrongPages() {}

  /**
   * The next page begins after the time of the last item: what shares its tick is skipped.
   *
   * @param ticks where each cursor stands, shared by all instances over one store
   */
  static Storage skippingTies(Storage inner, Map<String, Instant> ticks) {
    return new ForwardingStorage(inner) {
      @Override
      public Page<Event> events(RunId run, PageRequest page) {
        Page<Event> read = inner.events(run, page);
        Instant tick = page.cursor() == null ? null : ticks.get(page.cursor());
        List<Event> items =
            read.items().stream().filter(event -> !tick(event).equals(tick)).toList();
        if (!read.items().isEmpty()) {
          ticks.put(String.valueOf(read.cursor()), tick(read.items().getLast()));
        }
        return new Page<>(items, read.cursor(), read.hasMore());
      }
    };
  }

  private static Instant tick(Event event) {
    return event.createdAt().truncatedTo(ChronoUnit.SECONDS);
  }

  /** However many items were asked for, all are given. */
  static Storage withoutLimit(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public Page<StepRecord> steps(RunId run, PageRequest page) {
        return inner.steps(run, page.withLimit(PageRequest.MAX));
      }
    };
  }

  /**
   * The next page begins after as many items as were read.
   *
   * @param offsets how many items each cursor stands for, shared by all instances over one store
   */
  static Storage byOffset(Storage inner, Map<String, Integer> offsets) {
    return new ForwardingStorage(inner) {
      @Override
      public Page<HookRecord> hooks(RunId run, PageRequest page) {
        Page<HookRecord> right = inner.hooks(run, page);
        Integer offset = page.cursor() == null ? Integer.valueOf(0) : offsets.get(page.cursor());
        if (offset == null) {
          return right;
        }
        List<HookRecord> all = all(inner, run, page.order());
        List<HookRecord> rest = all.subList(Math.min(offset, all.size()), all.size());
        List<HookRecord> items = rest.subList(0, Math.min(page.limit(), rest.size()));
        String cursor = items.isEmpty() ? page.cursor() : cursor(inner, run, page, items.getLast());
        offsets.put(String.valueOf(cursor), offset + items.size());
        return new Page<>(items, cursor, rest.size() > items.size());
      }
    };
  }

  private static List<HookRecord> all(Storage inner, RunId run, PageRequest.Order order) {
    return new ArrayList<>(inner.hooks(run, new PageRequest(PageRequest.MAX, null, order)).items());
  }

  /** The cursor that a right world gives after that hook. */
  private static String cursor(Storage inner, RunId run, PageRequest page, HookRecord last) {
    List<HookRecord> all = all(inner, run, page.order());
    PageRequest upToLast = new PageRequest(all.indexOf(last) + 1, null, page.order());
    return inner.hooks(run, upToLast).cursor();
  }
}
