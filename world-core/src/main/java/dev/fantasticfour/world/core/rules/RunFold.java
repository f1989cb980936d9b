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
import dev.fantasticfour.world.api.run.HookRecord;
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
  private final Map<String, HookRecord> hooks = new LinkedHashMap<>();
  private final Map<String, HookState> hookStates = new LinkedHashMap<>();
  private final Map<String, WaitRecord> waits = new LinkedHashMap<>();
  private final Map<String, Stage> stages = new LinkedHashMap<>();
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
      case HookFact f -> hook(event, f);
      case WaitFact f ->
          waits.compute(about(event), (id, before) -> WaitFold.after(before, event, f));
      case ChildFact f -> stage(event);
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
      case RunFact.Continued f -> end(event);
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
    hooks.clear();
    waits.clear();
  }

  private void hook(Event event, HookFact fact) {
    if (fact instanceof Fact.HookReceived) {
      return;
    }
    String id = about(event);
    hookStates.put(id, hookState(id).after(event.type()));
    switch (fact) {
      case Fact.HookCreated f -> {
        String name = f.site() == null ? "" : f.site().name();
        hooks.put(id, hookRecord(event, name, f.token(), f.metadata(), f.webhook()));
      }
      case HookFact.Carried f ->
          hooks.put(id, hookRecord(event, f.name(), f.token(), f.metadata(), null));
      case Fact.HookDisposed f -> hooks.remove(id);
      case Fact.HookConflict f -> {}
      case Fact.HookReceived f -> {}
    }
  }

  private HookRecord hookRecord(
      Event event,
      String name,
      String token,
      @Nullable Payload metadata,
      @Nullable Boolean webhook) {
    return new HookRecord(id, about(event), name, token, metadata, webhook, event.createdAt());
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
            Pin.AUTO));
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

  /** The status of the run; pending before its first event. */
  public RunStatus status() {
    return status;
  }

  /** All steps, by id, in order of creation. */
  public Map<String, StepRecord> steps() {
    return Collections.unmodifiableMap(steps);
  }

  /** Live hooks, by id, in order of creation. */
  public Map<String, HookRecord> hooks() {
    return Collections.unmodifiableMap(hooks);
  }

  /**
   * The live hook that has a token.
   *
   * @throws IllegalStateException when it has none: a store's names are not those of its logs
   */
  public HookRecord hookOf(String token) {
    return hooks.values().stream()
        .filter(hook -> hook.token().equals(token))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a token of " + id + " leads to no hook"));
  }

  /** Waits of a run that has not ended, by id, in order of creation. */
  public Map<String, WaitRecord> waits() {
    return Collections.unmodifiableMap(waits);
  }

  /** What became of a hook id, which the live hooks do not tell. */
  public HookState hookState(String hookId) {
    HookState state = hookStates.get(hookId);
    return state == null ? HookState.NONE : state;
  }

  /** How far a child, a send, a permit or an update has come. */
  public Stage stage(EventType.Subject subject, String about) {
    return stages.getOrDefault(subject + " " + about, Stage.ABSENT);
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
