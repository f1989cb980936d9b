package dev.fantasticfour.world.core.engine.copy;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.Origin;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.history.EntityIds;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.rules.RunFold;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The log that a run begins with, made of another one's. Pure; for one thread.
 *
 * <p>Batches stay together under ids that are a function of the new run and the old id, so that
 * what others have sent to the old run is no answer for the new one.
 */
final class NewLog {

  private final RunId run;
  private final List<Event> before;
  private final Origin origin;
  private final NewNames names;
  private final List<Event> log = new ArrayList<>();

  /**
   * @param before the log of the other run, whole
   * @param keepsIdentity whether what the run asks for has the ids that it has there
   * @param cut where it is cut
   */
  NewLog(RunId run, List<Event> before, boolean keepsIdentity, Cut.Place cut) {
    this.run = run;
    this.before = before;
    RunId other = before.getFirst().run();
    Fact.RunCreated created = (Fact.RunCreated) before.getFirst().fact();
    Origin its = created.origin();
    String identity = its == null ? other.value() : its.identity();
    this.origin =
        new Origin(
            other.value(),
            cut.at() - 1,
            keepsIdentity ? identity : run.value(),
            its == null ? other.value() : its.seed());
    this.names =
        new NewNames(EntityIds.of(other, created), EntityIds.of(run, created.from(origin)));
    // How many events there are here by each position there.
    long[] kept = new long[(int) cut.at()];
    for (Event event : before.subList(0, (int) cut.at() - 1)) {
      int position = (int) event.position();
      boolean isKept = cut.anew() == null || !cut.anew().equals(event.correlationId());
      kept[position] = kept[position - 1] + (isKept ? 1 : 0);
      if (isKept) {
        log.add(of(event, kept));
      }
    }
  }

  private Event of(Event event, long[] kept) {
    return new Event(
        run,
        kept[(int) event.position()],
        event.id(),
        event.createdAt(),
        event.occurredAt(),
        names.of(event),
        batchId(event.batchId()),
        event.byOwner() ? kept[(int) event.seen()] : event.seen(),
        event.fact());
  }

  /** Its creation: nobody's child, in nobody's place, with as much time as the other had. */
  NewLog createdBy(Fact.RunCreated created, boolean keepsKey, Instant now) {
    Event first = log.getFirst();
    Instant deadline = created.deadline();
    Duration given =
        deadline == null ? null : Duration.between(before.getFirst().createdAt(), deadline);
    Fact.RunCreated its =
        new Fact.RunCreated(
                created.workflow(),
                created.deploymentId(),
                created.specVersion(),
                created.taskQueue(),
                created.input(),
                keepsKey ? created.runKey() : null,
                keepsKey ? created.inputHash() : null,
                created.attributes(),
                created.executionContext())
            // What was pinned to a build is pinned to whoever takes it: its code may be mended.
            .pinned(created.pin() instanceof Pin.To ? Pin.FIRST : created.pin())
            .until(given == null ? null : now.plus(given))
            .from(origin);
    log.set(
        0,
        new Event(
            run,
            1,
            first.id(),
            first.createdAt(),
            first.occurredAt(),
            null,
            first.batchId(),
            first.seen(),
            its));
    return this;
  }

  /** What came to the other run after the cut, and to what is still there. */
  NewLog withWhatCameLater() {
    Set<String> live = RunFold.of(log).hooks().live().keySet();
    for (Event event : before.subList((int) origin.upTo(), before.size())) {
      boolean isForHook = event.type() == EventType.HOOK_RECEIVED;
      String about = names.of(event);
      if (event.type() == EventType.SIGNAL_RECEIVED
          || isForHook && live.contains(Objects.requireNonNull(about))) {
        add(
            new Draft(about, event.occurredAt(), event.fact()),
            batchId(event.batchId() + " " + event.position()));
      }
    }
    return this;
  }

  /** What the run was to hear of a child. */
  NewLog with(String about, Instant occurredAt, Fact outcome) {
    add(new Draft(about, occurredAt, outcome), batchId("child " + about));
    return this;
  }

  private void add(Draft draft, String batchId) {
    Event last = log.getLast();
    log.add(
        new Event(
            run,
            last.position() + 1,
            last.id(),
            last.createdAt(),
            draft.occurredAt(),
            draft.correlationId(),
            batchId,
            Event.NOT_BY_OWNER,
            draft.fact()));
  }

  private String batchId(String other) {
    return Batch.PREFIX + Fingerprint.of(run.value() + " " + other);
  }

  /** What a step, hook or child of the other run is here; itself when it came from elsewhere. */
  @Nullable String nameOf(Event event) {
    return names.of(event);
  }

  List<Event> events() {
    return List.copyOf(log);
  }
}
