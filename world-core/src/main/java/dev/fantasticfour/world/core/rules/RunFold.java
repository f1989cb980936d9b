package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.HookFact;
import dev.fantasticfour.world.api.event.PermitFact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.event.SendFact;
import dev.fantasticfour.world.api.event.StepFact;
import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.api.event.WaitFact;
import dev.fantasticfour.world.api.run.ChildRecord;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.api.run.WaitRecord;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The views of one run as the fold of its log (law L1). What is no fact (owner, epoch, due time,
 * stall) is neutral in the records made here; {@link #factsOf} makes it neutral in others, so that
 * a store's rows and a fold can be compared with {@code equals}.
 *
 * <p>{@code updatedAt} of a run is the {@code createdAt} of its newest event of any type; that of a
 * step, of the newest event about it. Not safe for use by several threads.
 */
public final class RunFold {

  private final RunId id;
  private final Map<String, StepRecord> steps = new LinkedHashMap<>();
  private final HookFold hooks = new HookFold();
  private final Map<String, WaitRecord> waits = new LinkedHashMap<>();
  private final Map<String, Stage> stages = new LinkedHashMap<>();
  private final Map<String, ChildRecord> children = new LinkedHashMap<>();
  private final ShownFold shown = new ShownFold();

  private Fact.@Nullable RunCreated created;
  private @Nullable Event newest;
  private Map<String, AttributeValue> attributes = Map.of();
  private int protocol;
  private RunStatus status = RunStatus.PENDING;
  private Instant createdAt = Instant.EPOCH;
  private @Nullable Instant startedAt;
  private @Nullable Instant completedAt;
  private @Nullable Payload output;
  private @Nullable Payload error;
  private @Nullable String errorCode;
  private @Nullable String reason;
  private int unread;
  private @Nullable RunId continuedTo;

  /** The fold of the empty log. */
  public RunFold(RunId id) {
    this.id = id;
  }

  /** The fold of a log, which must not be empty. */
  public static RunFold of(List<Event> log) {
    RunFold fold = new RunFold(log.getFirst().run());
    log.forEach(fold::apply);
    return fold;
  }

  /** Takes the next event of the log. */
  public void apply(Event event) {
    newest = event;
    status = RunState.statusAfter(status, event.type());
    protocol = Math.max(protocol, Protocol.versionOf(event.type()));
    switch (event.fact()) {
      case RunFact f -> run(event, f);
      case StepFact f -> steps.compute(about(event), (id, before) -> StepFold.after(before, event));
      case HookFact f -> hooks.apply(about(event), event, f);
      case WaitFact f ->
          waits.compute(about(event), (id, before) -> WaitFold.after(before, event, f));
      case ChildFact f -> {
        stage(event);
        children.compute(about(event), (id, before) -> ChildFold.after(before, event, f));
      }
      case SendFact f -> stage(event);
      case PermitFact f -> stage(event);
      case UpdateFact f -> {
        stage(event);
        shown.update(event, f);
      }
    }
  }

  private void run(Event event, RunFact fact) {
    switch (fact) {
      case Fact.RunCreated f -> {
        created = f;
        createdAt = event.createdAt();
        attributes = f.attributes();
        protocol = Math.max(protocol, f.specVersion());
      }
      case Fact.RunStarted f -> startedAt = startedAt == null ? event.createdAt() : startedAt;
      case Fact.RunCompleted f -> {
        output = f.output();
        unread = f.unread();
        end(event);
      }
      case Fact.RunFailed f -> {
        error = f.error();
        errorCode = f.errorCode();
        unread = f.unread();
        end(event);
      }
      case Fact.RunCancelled f -> {
        reason = f.reason();
        unread = f.unread();
        end(event);
      }
      case Fact.RunTerminated f -> {
        reason = f.reason();
        end(event);
      }
      case RunFact.Continued f -> {
        continuedTo = new RunId(f.nextRun());
        end(event);
      }
      case RunFact.Deferred f -> {}
      case RunFact.AttributesSet f -> attributes = ShownFold.merged(attributes, f.changes());
      case RunFact.StatePublished f -> shown.published(event, f);
      case RunFact.ChangeMarked f -> shown.marked(event, f);
      case RunFact.SignalReceived f -> {}
      case Fact.CancelRequested f -> {}
    }
  }

  /** Hooks and waits go with their run; no event says so. */
  private void end(Event event) {
    completedAt = event.createdAt();
    hooks.endWithRun();
    waits.clear();
  }

  private void stage(Event event) {
    EventType.Subject subject = event.type().subject();
    stages.put(subject + " " + about(event), stage(subject, about(event)).after(event.type()));
  }

  private static String about(Event event) {
    String id = event.correlationId();
    if (id == null) {
      throw new IllegalArgumentException(event.type().word() + " without correlation id");
    }
    return id;
  }

  /** The run, with everything that is no fact neutral; empty before {@code run_created}. */
  public Optional<RunRecord> run() {
    if (created == null || newest == null) {
      return Optional.empty();
    }
    return Optional.of(
        new RunRecord(
            id,
            status,
            created.workflow(),
            created.deploymentId(),
            created.specVersion(),
            created.taskQueue(),
            created.input(),
            output,
            error,
            errorCode,
            reason,
            created.runKey(),
            created.inputHash(),
            attributes,
            created.executionContext(),
            createdAt,
            newest.createdAt(),
            startedAt,
            completedAt,
            newest.position(),
            null,
            0,
            null,
            0,
            null,
            null,
            null,
            unread,
            Pin.AUTO,
            created.parent(),
            created.predecessor(),
            created.deadline(),
            continuedTo,
            created.origin(),
            null));
  }

  /** The newest event of the log; empty before the first. */
  public Optional<Event> newest() {
    return Optional.ofNullable(newest);
  }

  /** What it was created with; empty before {@code run_created}. */
  public Optional<Fact.RunCreated> creation() {
    return Optional.ofNullable(created);
  }

  /** The protocol that whoever reads its log has to know; 0 before its first event. */
  public int protocol() {
    return protocol;
  }

  /** Its attributes, as they were set last. */
  public Map<String, AttributeValue> attributes() {
    return Map.copyOf(attributes);
  }

  /** The status of the run; pending before its first event. */
  public RunStatus status() {
    return status;
  }

  /** All steps, by id, in order of creation. */
  public Map<String, StepRecord> steps() {
    return Collections.unmodifiableMap(steps);
  }

  /** Hooks: the live ones, and what became of the others. */
  public HookFold hooks() {
    return hooks;
  }

  /** Waits of a run that has not ended, by id, in order of creation. */
  public Map<String, WaitRecord> waits() {
    return Collections.unmodifiableMap(waits);
  }

  /** How far a child, a send, a permit or an update has come. */
  public Stage stage(EventType.Subject subject, String about) {
    return stages.getOrDefault(subject + " " + about, Stage.ABSENT);
  }

  /** The run that goes on in place of one that has handed over; empty for all others. */
  public Optional<RunId> continuedTo() {
    return Optional.ofNullable(continuedTo);
  }

  /** All children, by id, in order of creation. */
  public Map<String, ChildRecord> children() {
    return Collections.unmodifiableMap(children);
  }

  /** Published states, marked changes and updates. */
  public ShownFold shown() {
    return shown;
  }

  /** The facts of a record: owner, epoch, due time, lost attempts and stall are made neutral. */
  public static RunRecord factsOf(RunRecord run) {
    return Custody.NEUTRAL.beside(run, true);
  }
}
