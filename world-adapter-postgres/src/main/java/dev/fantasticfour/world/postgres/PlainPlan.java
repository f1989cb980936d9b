package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.rules.AsStored;
import dev.fantasticfour.world.core.rules.FactColumns;
import dev.fantasticfour.world.core.rules.FactParts;
import dev.fantasticfour.world.core.rules.Reduction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plain batches as arguments of append_plain_v1. */
final class PlainPlan {

  /** Stands for {@code -infinity}, which is no number of microseconds. */
  private static final long NOW = Long.MIN_VALUE;

  private final PlainColumns columns = new PlainColumns();

  private PlainPlan() {}

  static PlainCall of(List<PlainBatch> batches, Duration offset) {
    PlainPlan plan = new PlainPlan();
    batches.forEach(plan::add);
    return plan.columns.call(offset);
  }

  private void add(PlainBatch plain) {
    Batch batch = plain.batch();
    int first = columns.dType.size() + 1;
    columns.bRun.add(plain.run().value());
    columns.bId.add(batch.id());
    columns.bFirst.add(first);
    columns.bStatus.add(plain.status() == null ? null : plain.status().word());
    long seen;
    if (batch.authority() instanceof Authority.Owner owner) {
      seen = owner.seen();
      columns.bOwner.add(owner.worker().value());
      columns.bEpoch.add(owner.epoch());
      columns.bDue.add(micros(owner.due()));
      columns.bFrom.add(plain.from());
    } else {
      seen = 0;
      columns.bOwner.add(batch.claim() == null ? null : batch.claim().value());
      columns.bEpoch.add(null);
      columns.bDue.add(null);
      columns.bFrom.add(null);
    }
    columns.bSeen.add(seen);
    Counts counts = new Counts();
    for (Reduction reduction : plain.reductions()) {
      counts.count(reduction, columns.dType.size() + 1);
      add(plain, reduction, reduction.byOwner() ? seen : Event.NOT_BY_OWNER);
    }
    columns.bLast.add(columns.dType.size());
    columns.bStart.add(counts.start);
    columns.bEnd.add(counts.end);
    columns.bOthers.add(counts.others);
    columns.bSteps.add(counts.steps);
    columns.bWaits.add(counts.waits);
    columns.bWaited.add(counts.waited);
  }

  /** What a batch holds of each kind. */
  private static final class Counts {
    private @Nullable Integer start;
    private @Nullable Integer end;
    private int others;
    private int steps;
    private int waits;
    private int waited;

    private void count(Reduction reduction, int draft) {
      others += reduction.byOwner() ? 0 : 1;
      switch (reduction.draft().fact().type()) {
        case RUN_STARTED -> start = draft;
        case RUN_COMPLETED, RUN_FAILED, RUN_CANCELLED, RUN_TERMINATED -> end = draft;
        case WAIT_CREATED -> waits++;
        case WAIT_COMPLETED, WAIT_CANCELLED -> waited++;
        case STEP_CREATED,
            STEP_STARTED,
            STEP_RETRYING,
            STEP_COMPLETED,
            STEP_FAILED,
            STEP_CANCELLED ->
            steps++;
        case RUN_CREATED, CANCEL_REQUESTED -> {}
        case HOOK_CREATED, HOOK_RECEIVED, HOOK_DISPOSED, HOOK_CONFLICT -> {}
      }
    }
  }

  private void add(PlainBatch plain, Reduction reduction, long seen) {
    Fact fact = AsStored.draft(reduction.draft()).fact();
    FactColumns row = FactColumns.of(fact);
    Site site = FactParts.site(fact);
    columns.dType.add(fact.type().word());
    columns.dCorrelation.add(reduction.draft().correlationId());
    columns.dSeen.add(seen);
    columns.dOccurred.add(micros(reduction.draft().occurredAt()));
    columns.dStatus.add(reduction.statusAfter());
    columns.dName.add(site == null ? null : site.name());
    columns.dBranch.add(site == null ? null : site.branch());
    columns.dIndex.add(site == null ? null : site.index());
    columns.dAttempt.add(row.attempt());
    columns.dWorker.add(row.worker());
    add(fact.type(), row);
    StoredPayload payload = StoredPayload.of(row.payload());
    columns.dJson.add(payload.json());
    columns.dBytes.add(payload.bytes());
    columns.dCodec.add(payload.codec());
    if (fact instanceof Fact.RunCreated creation) {
      create(plain, creation);
    }
  }

  /** What time and text mean depends on the event. */
  private void add(EventType type, FactColumns row) {
    Long time = row.time() == null ? null : micros(row.time());
    boolean began =
        type == EventType.STEP_STARTED
            || type == EventType.STEP_COMPLETED
            || type == EventType.STEP_FAILED;
    boolean fails = type == EventType.STEP_FAILED || type == EventType.RUN_FAILED;
    columns.dStarted.add(began ? time : null);
    columns.dRetry.add(type == EventType.STEP_RETRYING ? time : null);
    columns.dResume.add(type == EventType.WAIT_CREATED ? time : null);
    columns.dCode.add(fails ? row.text() : null);
    columns.dReason.add(fails ? null : row.text());
  }

  private void create(PlainBatch plain, Fact.RunCreated creation) {
    columns.cBatch.add(columns.bRun.size());
    Instant minted = RunIdTime.of(plain.run());
    columns.cMinted.add(minted == null ? null : micros(minted));
    int unused = columns.creations.add(creation);
  }

  private static @Nullable Long micros(Due due) {
    return switch (due) {
      case Due.Never never -> null;
      case Due.Now now -> NOW;
      case Due.At at -> micros(at.time());
    };
  }

  private static long micros(Instant time) {
    return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
  }
}
