package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.core.port.Audit;
import dev.fantasticfour.world.core.rules.PageCursors;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was done by hand. */
final class MemoryAudit implements Audit {

  private final MemoryStore store;

  MemoryAudit(MemoryStore store) {
    this.store = store;
  }

  @Override
  public boolean audit(Deed deed, Outcome outcome, @Nullable String detail) {
    return store.atomically(
        () -> {
          Instant now = store.now();
          Instant oldest = now.minus(KEPT_FOR);
          store.audits.values().removeIf(entry -> entry.at().isBefore(oldest));
          Entry known = store.audits.get(deed.requestId());
          if (known == null) {
            store.audits.put(deed.requestId(), new Entry(after(now), deed, outcome, detail));
            return true;
          }
          if (known.outcome() != Outcome.INTENDED || outcome == Outcome.INTENDED) {
            return false;
          }
          store.audits.put(deed.requestId(), new Entry(known.at(), known.deed(), outcome, detail));
          return true;
        });
  }

  /** Entries are read in the order in which they were written: no two have one time. */
  private Instant after(Instant now) {
    Instant at = now.truncatedTo(ChronoUnit.MICROS);
    Entry last = store.audits.isEmpty() ? null : store.audits.lastEntry().getValue();
    return last == null || last.at().isBefore(at) ? at : last.at().plus(1, ChronoUnit.MICROS);
  }

  @Override
  public Page<Entry> audits(Which which, PageRequest page) {
    return store.atomically(
        () -> {
          List<Entry> matching =
              store.audits.values().stream()
                  .filter(entry -> matches(which, entry))
                  .sorted(Comparator.comparing(MemoryAudit::place))
                  .toList();
          return PageCursors.placedOfAll("audits\n" + which, page, matching, MemoryAudit::place);
        });
  }

  private static boolean matches(Which which, Entry entry) {
    return isOrAny(which.actor(), entry.deed().actor())
        && isOrAny(which.action(), entry.deed().action())
        && isOrAny(which.target(), entry.deed().target())
        && isOrAny(which.outcome(), entry.outcome())
        && (which.since() == null || !entry.at().isBefore(which.since()));
  }

  private static <T> boolean isOrAny(@Nullable T wanted, @Nullable T there) {
    return wanted == null || wanted.equals(there);
  }

  private static PageCursors.Place place(Entry entry) {
    return new PageCursors.Place(
        ChronoUnit.MICROS.between(Instant.EPOCH, entry.at()), entry.deed().requestId());
  }
}
