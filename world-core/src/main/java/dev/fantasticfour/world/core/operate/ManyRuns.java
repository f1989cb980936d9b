package dev.fantasticfour.world.core.operate;

import dev.fantasticfour.world.api.Bulk;
import dev.fantasticfour.world.api.BulkPreview;
import dev.fantasticfour.world.api.BulkReport;
import dev.fantasticfour.world.api.BulkVerb;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.operate.Trail.Request;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Versions.OpenRuns;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is done to many runs at once: one entry of the audit each. For any number of threads. */
public final class ManyRuns {

  private static final int AT_ONCE = 500;
  private static final int SHOWN = 20;

  private final Supplier<? extends WorldClient> client;
  private final Storage storage;
  private final Trail trail;
  private final Principal principal;

  ManyRuns(
      Supplier<? extends WorldClient> client, Storage storage, Trail trail, Principal principal) {
    this.client = client;
    this.storage = storage;
    this.trail = trail;
    this.principal = principal;
  }

  /**
   * What is to be done to many.
   *
   * @param filter to which; those in the scope of whoever does it
   * @param operationId what it is known by: done again under it, it goes on with the rest
   * @param rate at most so many runs per second
   * @param reason why, kept with the runs; null: nothing is said
   */
  public record Asked(
      BulkVerb verb, RunFilter filter, String operationId, int rate, @Nullable String reason) {}

  /** What it would be done to. */
  public BulkPreview preview(Asked asked) {
    trail.require(Action.of(asked.verb()));
    return bulk(asked).preview();
  }

  /**
   * Does it.
   *
   * @param ticket of the preview
   * @param anyway whether also when more than a tenth more match by now
   */
  public BulkReport run(Asked asked, String ticket, boolean anyway) {
    Work<BulkReport, RuntimeException> work = () -> bulk(asked).run(asked.verb(), ticket, anyway);
    return trail.withinScope(
        new Request(
            Action.of(asked.verb()),
            null,
            FilterText.of(principal.within(asked.filter())) + " operation=" + asked.operationId(),
            asked.reason()),
        work,
        report ->
            "%d done, %d were so already, %d refused"
                .formatted(report.done(), report.already(), report.refusals()));
  }

  private Bulk bulk(Asked asked) {
    return client
        .get()
        .bulk(principal.within(asked.filter()), asked.operationId())
        .rate(asked.rate())
        .reason(asked.reason())
        .by(principal.name());
  }

  /**
   * What came of pinning.
   *
   * @param matched how many open runs matched
   * @param changed how many of them were pinned otherwise before
   * @param first some of those that matched
   */
  public record Repinned(int matched, int changed, List<RunId> first) {

    /** Copies the list. */
    public Repinned {
      first = List.copyOf(first);
    }
  }

  /** Pins open runs otherwise; whoever has a scope may not. */
  public Repinned repin(OpenRuns which, Pin to) {
    Work<Repinned, RuntimeException> work = () -> pinned(which, to);
    return trail.beyondRuns(
        new Request(Action.REPIN, null, FilterText.of(which) + " to=" + FilterText.of(to), null),
        work,
        done -> done.changed() + " of " + done.matched() + " pinned otherwise");
  }

  private Repinned pinned(OpenRuns which, Pin to) {
    int matched = 0;
    int changed = 0;
    List<RunId> first = new ArrayList<>();
    List<RunId> page = storage.open(which, null, AT_ONCE);
    while (!page.isEmpty()) {
      matched += page.size();
      first.addAll(page.subList(0, Math.min(page.size(), SHOWN - first.size())));
      changed += storage.repin(page, to).size();
      page = storage.open(which, page.getLast(), AT_ONCE);
    }
    return new Repinned(matched, changed, first);
  }
}
