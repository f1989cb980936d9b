package dev.fantasticfour.world.api.event;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.config.Secrets;
import dev.fantasticfour.world.api.run.Origin;
import dev.fantasticfour.world.api.run.Parent;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.Predecessor;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one event says. Sealed, so that a new kind of event stops the compiler wherever it matters.
 *
 * <p>A nullable {@link Site} is present on everything our engine writes. A step event that carries
 * one also creates the step when there is none, which is what lets a fast step leave a single
 * event; without it an unknown step is refused.
 */
public sealed interface Fact
    permits RunFact, StepFact, HookFact, WaitFact, ChildFact, SendFact, PermitFact, UpdateFact {

  /** The kind of event this fact makes. */
  EventType type();

  /**
   * A run was accepted.
   *
   * @param specVersion the protocol of the writer, at least 1
   * @param taskQueue where its wake-ups go while nobody owns it
   * @param runKey idempotency key, unique per workflow, or null
   * @param inputHash SHA-256 of what the input says, hexadecimal; present when there is a run key
   * @param pin which build is to execute it; null = any, and never {@link Pin#AUTO}
   * @param parent whose child it is, or null
   * @param predecessor the run in whose place it goes on, or null
   * @param deadline when it is asked to cancel itself, to the microsecond, or null
   * @param origin the run with whose log it began, or null
   */
  record RunCreated(
      String workflow,
      String deploymentId,
      int specVersion,
      String taskQueue,
      @Nullable Payload input,
      @Nullable String runKey,
      @Nullable String inputHash,
      Map<String, AttributeValue> attributes,
      @Nullable Payload executionContext,
      @Nullable Pin pin,
      @Nullable Parent parent,
      @Nullable Predecessor predecessor,
      @Nullable Instant deadline,
      @Nullable Origin origin)
      implements RunFact {

    public RunCreated {
      attributes = Map.copyOf(attributes);
      pin = pin instanceof Pin.Auto ? null : pin;
    }

    /** For any build. */
    public RunCreated(
        String workflow,
        String deploymentId,
        int specVersion,
        String taskQueue,
        @Nullable Payload input,
        @Nullable String runKey,
        @Nullable String inputHash,
        Map<String, AttributeValue> attributes,
        @Nullable Payload executionContext) {
      this(
          workflow,
          deploymentId,
          specVersion,
          taskQueue,
          input,
          runKey,
          inputHash,
          attributes,
          executionContext,
          null,
          null,
          null,
          null,
          null);
    }

    /** The same, to be executed by that build. */
    public RunCreated pinned(@Nullable Pin to) {
      return with(attributes, to, parent, predecessor, deadline, origin);
    }

    /** The same as a child of that run. */
    public RunCreated childOf(Parent of) {
      return with(attributes, pin, of, predecessor, deadline, origin);
    }

    /** The same in place of that run. */
    public RunCreated following(Predecessor before) {
      return with(attributes, pin, parent, before, deadline, origin);
    }

    /** The same with other attributes. */
    public RunCreated with(Map<String, AttributeValue> newAttributes) {
      return with(newAttributes, pin, parent, predecessor, deadline, origin);
    }

    /** The same, to have ended by then. */
    public RunCreated until(@Nullable Instant time) {
      return with(attributes, pin, parent, predecessor, time, origin);
    }

    /** The same with that beside it. */
    public RunCreated carrying(@Nullable Payload context) {
      return new RunCreated(
          workflow,
          deploymentId,
          specVersion,
          taskQueue,
          input,
          runKey,
          inputHash,
          attributes,
          context,
          pin,
          parent,
          predecessor,
          deadline,
          origin);
    }

    /** The same, which began with the log of that run. */
    public RunCreated from(@Nullable Origin other) {
      return with(attributes, pin, parent, predecessor, deadline, other);
    }

    private RunCreated with(
        Map<String, AttributeValue> newAttributes,
        @Nullable Pin newPin,
        @Nullable Parent newParent,
        @Nullable Predecessor newPredecessor,
        @Nullable Instant newDeadline,
        @Nullable Origin newOrigin) {
      return new RunCreated(
          workflow,
          deploymentId,
          specVersion,
          taskQueue,
          input,
          runKey,
          inputHash,
          newAttributes,
          executionContext,
          newPin,
          newParent,
          newPredecessor,
          newDeadline,
          newOrigin);
    }

    @Override
    public EventType type() {
      return EventType.RUN_CREATED;
    }
  }

  /**
   * A run started.
   *
   * @param creation when the run may not exist yet (its creation was lost): what to create it from.
   *     Never stored on this event (world-contract 2.5)
   */
  record RunStarted(@Nullable RunCreated creation) implements RunFact {
    @Override
    public EventType type() {
      return EventType.RUN_STARTED;
    }
  }

  /**
   * The workflow returned.
   *
   * @param output null when it returned nothing
   * @param unread how many signals it had not taken
   */
  record RunCompleted(@Nullable Payload output, int unread) implements RunFact {

    /** One that has taken every signal. */
    public RunCompleted(@Nullable Payload output) {
      this(output, 0);
    }

    @Override
    public EventType type() {
      return EventType.RUN_COMPLETED;
    }
  }

  /**
   * The workflow threw.
   *
   * @param unread how many signals it had not taken
   */
  record RunFailed(Payload error, @Nullable String errorCode, int unread) implements RunFact {

    /** One that had taken every signal. */
    public RunFailed(Payload error, @Nullable String errorCode) {
      this(error, errorCode, 0);
    }

    @Override
    public EventType type() {
      return EventType.RUN_FAILED;
    }
  }

  /**
   * The workflow let a cancellation out, or an unclaimed run was cancelled from outside.
   *
   * @param unread how many signals it had not taken
   */
  record RunCancelled(@Nullable String reason, int unread) implements RunFact {

    /** One that had taken every signal. */
    public RunCancelled(@Nullable String reason) {
      this(reason, 0);
    }

    @Override
    public EventType type() {
      return EventType.RUN_CANCELLED;
    }
  }

  /**
   * The run was ended from outside without asking its code. Its status becomes {@code cancelled}.
   */
  record RunTerminated(@Nullable String reason) implements RunFact {
    @Override
    public EventType type() {
      return EventType.RUN_TERMINATED;
    }
  }

  /** Somebody asked the run to cancel itself. */
  record CancelRequested(@Nullable String reason) implements RunFact {
    @Override
    public EventType type() {
      return EventType.CANCEL_REQUESTED;
    }
  }

  /** A step was asked for and will be run by whoever takes its message. */
  record StepCreated(Site site, @Nullable Payload input) implements StepFact {
    @Override
    public EventType type() {
      return EventType.STEP_CREATED;
    }
  }

  /**
   * An attempt of a step began.
   *
   * @param attempt 1-based. From the owner or the holder of an attempt it is authoritative; from
   *     anybody else it is ignored and the store counts
   * @param worker who runs it, for people
   * @param startedAt when it began, if that was before it is recorded; null = now
   */
  record StepStarted(
      @Nullable Site site, int attempt, @Nullable String worker, @Nullable Instant startedAt)
      implements StepFact {

    /** An attempt that begins now. */
    public StepStarted(@Nullable Site site, int attempt, @Nullable String worker) {
      this(site, attempt, worker, null);
    }

    @Override
    public EventType type() {
      return EventType.STEP_STARTED;
    }
  }

  /**
   * An attempt failed and another will follow.
   *
   * @param retryAt not before then; null = at once
   */
  record StepRetrying(@Nullable Site site, int attempt, Payload error, @Nullable Instant retryAt)
      implements StepFact {
    @Override
    public EventType type() {
      return EventType.STEP_RETRYING;
    }
  }

  /**
   * A step has its result.
   *
   * @param startedAt when the attempt began, known to its runner only
   */
  record StepCompleted(
      @Nullable Site site, int attempt, @Nullable Instant startedAt, @Nullable Payload result)
      implements StepFact {
    @Override
    public EventType type() {
      return EventType.STEP_COMPLETED;
    }
  }

  /** A step failed for good; {@code errorCode} says in a word why. */
  record StepFailed(
      @Nullable Site site,
      int attempt,
      @Nullable Instant startedAt,
      Payload error,
      @Nullable String errorCode)
      implements StepFact {
    @Override
    public EventType type() {
      return EventType.STEP_FAILED;
    }
  }

  /** The workflow no longer wants the step. */
  record StepCancelled(@Nullable Site site) implements StepFact {
    @Override
    public EventType type() {
      return EventType.STEP_CANCELLED;
    }
  }

  /**
   * A hook listens under a token. The store answers with {@link HookConflict} when the token is
   * taken.
   */
  record HookCreated(
      @Nullable Site site, String token, @Nullable Payload metadata, @Nullable Boolean webhook)
      implements HookFact {
    @Override
    public EventType type() {
      return EventType.HOOK_CREATED;
    }

    /** Everything but the token, which is a secret. */
    @Override
    public String toString() {
      return "HookCreated[site=%s, token=%s, metadata=%s, webhook=%s]"
          .formatted(site, Secrets.fingerprint(token), metadata, webhook);
    }
  }

  /** A payload arrived for a hook. */
  record HookReceived(@Nullable Payload payload) implements HookFact {
    @Override
    public EventType type() {
      return EventType.HOOK_RECEIVED;
    }
  }

  /** A hook listens no longer and its token is free. */
  record HookDisposed() implements HookFact {
    @Override
    public EventType type() {
      return EventType.HOOK_DISPOSED;
    }
  }

  /**
   * Written by the store in place of {@link HookCreated}: a live hook of that run has the token.
   */
  record HookConflict(@Nullable Site site, String token, String conflictingRun)
      implements HookFact {
    @Override
    public EventType type() {
      return EventType.HOOK_CONFLICT;
    }

    /** Everything but the token, which is a secret. */
    @Override
    public String toString() {
      return "HookConflict[site=%s, token=%s, conflictingRun=%s]"
          .formatted(site, Secrets.fingerprint(token), conflictingRun);
    }
  }

  /** A sleep or a timeout began. */
  record WaitCreated(@Nullable Site site, Instant resumeAt) implements WaitFact {
    @Override
    public EventType type() {
      return EventType.WAIT_CREATED;
    }
  }

  /** Its time came, or somebody woke it early. */
  record WaitCompleted() implements WaitFact {
    @Override
    public EventType type() {
      return EventType.WAIT_COMPLETED;
    }
  }

  /** The workflow no longer waits for it. */
  record WaitCancelled() implements WaitFact {
    @Override
    public EventType type() {
      return EventType.WAIT_CANCELLED;
    }
  }
}
