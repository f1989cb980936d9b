package dev.fantasticfour.world.tck.wrong;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.attribute.AttributeCondition;
import dev.fantasticfour.world.api.attribute.AttributeJson;
import dev.fantasticfour.world.api.attribute.AttributeOrder;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunCount;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ways to find other runs than those that were asked for. */
final class WrongLists {

  private WrongLists() {}

  /** Ranges compare what is written: ten comes before nine. */
  static Storage comparingNumbersAsTexts(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public Page<RunRecord> runs(RunFilter filter, PageRequest page) {
        RunFilter rest =
            with(filter, filter.where().stream().filter(c -> !isOfNumbers(c)).toList());
        if (rest.equals(filter) || filter.workflow() == null) {
          return inner.runs(filter, page);
        }
        Page<RunRecord> read = inner.runs(rest, page);
        List<RunRecord> items =
            read.items().stream()
                .filter(
                    run ->
                        filter.where().stream()
                            .filter(WrongLists::isOfNumbers)
                            .allMatch(c -> asText(c, run.attributes().get(c.key()))))
                .toList();
        return new Page<>(items, read.cursor(), read.hasMore());
      }
    };
  }

  private static boolean isOfNumbers(AttributeCondition condition) {
    return condition instanceof AttributeCondition.Range range
        && range.order() == AttributeOrder.NUMBER;
  }

  private static boolean asText(AttributeCondition condition, @Nullable AttributeValue found) {
    return condition instanceof AttributeCondition.Range range
        && found instanceof AttributeValue.Numeric
        && (range.from() == null || text(range.from()).compareTo(text(found)) <= 0)
        && (range.to() == null || text(found).compareTo(text(range.to())) <= 0);
  }

  private static String text(AttributeValue value) {
    return AttributeJson.write(value);
  }

  private static RunFilter with(RunFilter filter, List<AttributeCondition> where) {
    return new RunFilter(
        filter.workflow(),
        filter.statuses(),
        where,
        filter.createdSince(),
        filter.createdBefore(),
        filter.endedSince(),
        filter.endedBefore(),
        filter.runKey(),
        filter.taskQueue(),
        filter.stalled(),
        filter.family());
  }

  /** A list that would read everything reads everything. */
  static Storage readingEverything(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public Page<RunRecord> runs(RunFilter filter, PageRequest page) {
        try {
          return inner.runs(filter, page);
        } catch (WorldException refused) {
          if (page.cursor() != null) {
            throw refused;
          }
          return new Page<>(List.of(), null, false);
        }
      }
    };
  }

  /** The page has what ended, in the order in which it began. */
  static Storage listingByCreation(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public Page<RunRecord> runs(RunFilter filter, PageRequest page) {
        Page<RunRecord> read = inner.runs(filter, page);
        Comparator<RunRecord> creation = Comparator.comparing(RunRecord::createdAt);
        return filter.endedSince() == null
            ? read
            : new Page<>(
                read.items().stream()
                    .sorted(
                        page.order() == PageRequest.Order.ASCENDING
                            ? creation
                            : creation.reversed())
                    .toList(),
                read.cursor(),
                read.hasMore());
      }
    };
  }

  /** Counts what is on a page. */
  static Storage countingAPage(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public RunCount count(RunFilter filter) {
        RunCount right = inner.count(filter);
        return right.runs() > 20 ? new RunCount(20, true) : right;
      }
    };
  }
}
