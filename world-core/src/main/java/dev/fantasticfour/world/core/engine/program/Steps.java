package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.StepFailedException;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.workflow.StepOptions;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The steps a run waits for, by id. */
public final class Steps implements RequestKind {

  private static final Set<EventType> TOLD_BY =
      EnumSet.of(EventType.STEP_COMPLETED, EventType.STEP_FAILED);

  private final Ledger ledger;
  private final PayloadCodec codec;
  private final Map<String, StepEntry> open = new LinkedHashMap<>();
  private final Map<String, StepEntry> wanted = new LinkedHashMap<>();
  private final Agenda agenda = new Agenda();

  /** By when queued steps must be over. */
  private final Agenda limits = new Agenda();

  // Most runs never have any of these.
  private Set<String> givenUp = Set.of();
  private List<StepEntry> interrupted = List.of();
  private List<String> ended = List.of();

  Steps(Ledger ledger, PayloadCodec codec) {
    this.ledger = ledger;
    this.codec = codec;
  }

  /** The code asks for a step. */
  StepEntry request(
      Ledger.Asked asked,
      StepOptions options,
      StepEntry.@Nullable Body body,
      @Nullable Payload input) {
    Promise<@Nullable Payload> result = Promise.givenUpBy(cause -> giveUp(asked.id()));
    StepEntry step = new StepEntry(asked, options, body, until(asked, options), result);
    if (body == null && asked.isNew()) {
      ledger.write(asked.id(), new Fact.StepCreated(asked.site(), input));
    }
    open.put(step.id(), step);
    wanted.put(step.id(), step);
    Instant until = step.until();
    if (body == null && until != null) {
      // Whoever runs it may never come; bodies that run here have alarms of their own.
      limits.set(step.id(), until);
    }
    return step;
  }

  private @Nullable Instant until(Ledger.Asked asked, StepOptions options) {
    Duration limit = options.overallTimeout();
    if (limit == null) {
      return null;
    }
    return Limits.after(
        asked.recorded() == null ? ledger.asking() : asked.recorded().askedAt(), limit);
  }

  @Override
  public Set<EventType> toldBy() {
    return TOLD_BY;
  }

  @Override
  public boolean settle(String id, Fact outcome) {
    StepEntry step = close(id);
    if (step == null) {
      // The code gave it up over events before this outcome; the outcome stands all the same.
      ledger.withdrawGivingUp(id);
      return givenUp.contains(id);
    }
    switch (outcome) {
      case Fact.StepCompleted completed -> step.result().resolve(completed.result());
      case Fact.StepFailed failed -> step.result().fail(failure(step, failed));
      default -> throw new IllegalArgumentException("not the outcome of a step: " + outcome.type());
    }
    return true;
  }

  public @Nullable StepEntry open(String id) {
    return open.get(id);
  }

  /** Those whose body or message is to be sent off; in the order in which they were asked for. */
  public Collection<StepEntry> wanted() {
    return wanted.values();
  }

  /** Takes those off the list of what is wanted. */
  public List<StepEntry> takeWanted() {
    if (wanted.isEmpty()) {
      return List.of();
    }
    List<StepEntry> taken = List.copyOf(wanted.values());
    wanted.clear();
    return taken;
  }

  /** Its body runs, or is about to. */
  public void runs(StepEntry step) {
    step.becomes(StepEntry.State.RUNNING);
    wanted.remove(step.id());
    agenda.remove(step.id());
  }

  /** A message was sent for it. */
  public void isQueued(StepEntry step) {
    step.becomes(StepEntry.State.QUEUED);
    wanted.remove(step.id());
  }

  /** Its next attempt begins then. */
  public void backsOff(StepEntry step, Instant until) {
    step.becomes(StepEntry.State.BACKING_OFF);
    wanted.remove(step.id());
    agenda.set(step.id(), until);
  }

  @Override
  public @Nullable Instant next() {
    Instant next = agenda.next();
    Instant limit = limits.next();
    return next == null || limit != null && limit.isBefore(next) ? limit : next;
  }

  /** The queued steps that were to be over by then and are not. */
  public List<StepEntry> overdue(Instant now) {
    List<StepEntry> overdue = new ArrayList<>();
    for (String id : limits.due(now)) {
      StepEntry step = open.get(id);
      if (step != null) {
        overdue.add(step);
      }
    }
    return overdue;
  }

  /** An attempt was lost; the next begins once that is recorded. */
  public void again(StepEntry step) {
    step.becomes(StepEntry.State.WANTED);
    wanted.put(step.id(), step);
  }

  /** What was put off until then is wanted again. Returns since when each of those is due. */
  public List<Instant> resume(Instant now) {
    List<Instant> since = new ArrayList<>();
    for (String id : agenda.due(now)) {
      since.add(agenda.time(id));
      agenda.remove(id);
      StepEntry step = open.get(id);
      if (step != null) {
        step.becomes(StepEntry.State.WANTED);
        wanted.put(id, step);
      }
    }
    return since;
  }

  /** Its message is sent again, if it was sent before and the step is not over. */
  public void sendAgain(String id) {
    StepEntry step = open.get(id);
    if (step == null) {
      hasEnded(id);
    } else if (step.state() == StepEntry.State.QUEUED) {
      step.becomes(StepEntry.State.WANTED);
      wanted.put(id, step);
    }
  }

  /** The queued steps that have ended since the last call. */
  public List<String> takeEnded() {
    if (ended.isEmpty()) {
      return List.of();
    }
    List<String> taken = ended;
    ended = List.of();
    return taken;
  }

  private void hasEnded(String id) {
    ended = ended.isEmpty() ? new ArrayList<>() : ended;
    ended.add(id);
  }

  private @Nullable StepEntry close(String id) {
    StepEntry step = open.remove(id);
    if (step != null) {
      if (step.state() == StepEntry.State.QUEUED) {
        hasEnded(id);
      }
      step.becomes(StepEntry.State.OVER);
      wanted.remove(id);
      agenda.remove(id);
      limits.remove(id);
    }
    return step;
  }

  /** The steps given up since the last call, whose bodies may still run. */
  public List<StepEntry> takeInterrupted() {
    if (interrupted.isEmpty()) {
      return List.of();
    }
    List<StepEntry> taken = interrupted;
    interrupted = List.of();
    return taken;
  }

  private void giveUp(String id) {
    StepEntry step = close(id);
    if (step == null) {
      return;
    }
    givenUp = givenUp.isEmpty() ? new HashSet<>() : givenUp;
    givenUp.add(id);
    interrupted = interrupted.isEmpty() ? new ArrayList<>() : interrupted;
    interrupted.add(step);
    if (!ledger.gaveUp(id) && !ledger.isSettled(id)) {
      ledger.write(id, new Fact.StepCancelled(step.site()));
    }
  }

  private StepFailedException failure(StepEntry step, Fact.StepFailed failed) {
    return new StepFailedException(
        step.site().name(),
        reason(failed.errorCode()),
        failed.attempt(),
        codec.decodeFailure(failed.error()));
  }

  private static StepFailedException.Reason reason(@Nullable String code) {
    for (StepFailedException.Reason reason : StepFailedException.Reason.values()) {
      if (reason.name().equals(code)) {
        return reason;
      }
    }
    return StepFailedException.Reason.FATAL;
  }
}
