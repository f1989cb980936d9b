package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.ClosePolicy;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.HookFact;
import dev.fantasticfour.world.api.event.PermitFact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.event.SendFact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.event.UpdateFact;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A fact as the few columns that all kinds of facts share, for stores with rows. {@link #fact} is
 * the way back. What a run was created from is left out: it belongs to the row of the run.
 *
 * @param site where in the code it was asked for
 * @param name of a signal, a state, a change or an update: of what has no site
 * @param attempt null for facts that name none
 * @param text error code or reason
 * @param otherRun the run that is in the way, that goes on instead, that is the child or the target
 * @param flag whether a hook is a webhook, or a change was taken
 * @param time when an attempt began, when the next may, when a wait is due, or a run
 * @param payload input, output, result, metadata, value or error
 * @param details what few kinds say; null for most
 */
public record FactColumns(
    @Nullable Site site,
    @Nullable String name,
    @Nullable Integer attempt,
    @Nullable String text,
    @Nullable String worker,
    @Nullable String token,
    @Nullable String otherRun,
    @Nullable Boolean flag,
    @Nullable Instant time,
    @Nullable Payload payload,
    @Nullable FactDetails details) {

  private static final FactColumns NONE =
      new FactColumns(null, null, null, null, null, null, null, null, null, null, null);

  private static final String CARRIED = "carried";
  private static final String SIGNAL_ID = "signal_id";
  private static final String WORKFLOW = "workflow";
  private static final String CLOSE_POLICY = "close_policy";
  private static final String FROM_RUN = "from_run";
  private static final String RUN_KEY = "run_key";
  private static final String SIGNAL = "signal";
  private static final String QUEUE = "queue";
  private static final String KEY = "key";
  private static final String WEIGHT = "weight";
  private static final String FENCE = "fence";
  private static final String UNREAD = "unread";

  /** The columns of a fact; of {@code run_created} none. */
  public static FactColumns of(Fact fact) {
    return switch (fact) {
      case RunFact f -> ofRun(f);
      case Fact.StepCreated f -> NONE.with(f.input()).at(f.site());
      case Fact.StepStarted f -> attempt(f.site(), f.attempt(), f.startedAt()).by(f.worker());
      case Fact.StepRetrying f -> attempt(f.site(), f.attempt(), f.retryAt()).with(f.error());
      case Fact.StepCompleted f -> attempt(f.site(), f.attempt(), f.startedAt()).with(f.result());
      case Fact.StepFailed f ->
          attempt(f.site(), f.attempt(), f.startedAt()).with(f.error()).saying(f.errorCode());
      case Fact.StepCancelled f -> NONE.at(f.site());
      case Fact.HookCreated f ->
          NONE.at(f.site()).with(f.metadata()).under(f.token()).flagged(f.webhook());
      case Fact.HookReceived f -> NONE.with(f.payload());
      case Fact.HookDisposed f -> NONE;
      case Fact.HookConflict f -> NONE.at(f.site()).under(f.token()).about(f.conflictingRun());
      case HookFact.Carried f -> NONE.named(f.name()).under(f.token()).with(f.metadata());
      case Fact.WaitCreated f -> NONE.at(f.site()).timed(f.resumeAt());
      case Fact.WaitCompleted f -> NONE;
      case Fact.WaitCancelled f -> NONE;
      case ChildFact f -> ofChild(f);
      case SendFact.SignalSent f ->
          NONE.at(f.site())
              .about(f.targetRun())
              .with(f.payload())
              .detailed(FactDetails.of(SIGNAL, f.name()));
      case PermitFact.Requested f ->
          NONE.at(f.site())
              .detailed(
                  FactDetails.of(
                          Map.of(
                              QUEUE,
                              AttributeValue.of(f.queue()),
                              WEIGHT,
                              AttributeValue.of(f.weight())))
                      .and(KEY, f.key()));
      case PermitFact.Granted f ->
          NONE.detailed(FactDetails.of(Map.of(FENCE, AttributeValue.of(f.fence()))));
      case PermitFact.Released f -> NONE;
      case PermitFact.Revoked f -> NONE.saying(f.reason());
      case UpdateFact.Requested f -> NONE.named(f.name()).with(f.request());
      case UpdateFact.Accepted f -> NONE;
      case UpdateFact.Rejected f -> NONE.with(f.error()).saying(f.errorCode());
      case UpdateFact.Completed f -> NONE.with(f.result());
      case UpdateFact.Failed f -> NONE.with(f.error()).saying(f.errorCode());
    };
  }

  private static FactColumns ofRun(RunFact fact) {
    return switch (fact) {
      case Fact.RunCreated f -> NONE;
      case Fact.RunStarted f -> NONE;
      case Fact.RunCompleted f -> NONE.with(f.output()).leaving(f.unread());
      case Fact.RunFailed f -> NONE.with(f.error()).saying(f.errorCode()).leaving(f.unread());
      case Fact.RunCancelled f -> NONE.saying(f.reason()).leaving(f.unread());
      case Fact.RunTerminated f -> NONE.saying(f.reason());
      case Fact.CancelRequested f -> NONE.saying(f.reason());
      case RunFact.Continued f ->
          NONE.about(f.nextRun())
              .detailed(
                  FactDetails.of(
                      CARRIED,
                      f.carried().stream().map(String::valueOf).collect(Collectors.joining(","))));
      case RunFact.Deferred f -> NONE.timed(f.notBefore());
      case RunFact.SignalReceived f ->
          NONE.named(f.name()).with(f.payload()).detailed(FactDetails.of(SIGNAL_ID, f.signalId()));
      case RunFact.StatePublished f -> NONE.named(f.name()).with(f.value());
      case RunFact.AttributesSet f -> NONE.detailed(new FactDetails(f.changes()));
      case RunFact.ChangeMarked f -> NONE.named(f.changeId()).flagged(f.taken());
    };
  }

  private static FactColumns ofChild(ChildFact fact) {
    return switch (fact) {
      case ChildFact.Created f ->
          NONE.at(f.site()).about(f.childRun()).detailed(family(f.workflow(), f.closePolicy()));
      case ChildFact.Conflict f ->
          NONE.at(f.site()).about(f.holdingRun()).detailed(FactDetails.of(RUN_KEY, f.runKey()));
      case ChildFact.Completed f -> NONE.about(f.childRun()).with(f.result());
      case ChildFact.Failed f -> NONE.about(f.childRun()).with(f.error()).saying(f.errorCode());
      case ChildFact.Cancelled f -> NONE.about(f.childRun()).saying(f.reason());
      case ChildFact.CancelRequested f -> NONE.saying(f.reason());
      case ChildFact.Carried f ->
          NONE.about(f.childRun())
              .detailed(family(f.workflow(), f.closePolicy()).and(FROM_RUN, f.fromRun()));
    };
  }

  /**
   * The fact that has these columns.
   *
   * @param type any but {@code run_created}
   * @throws IllegalStateException when a column is null that the type needs
   */
  public Fact fact(EventType type) {
    return switch (type) {
      case RUN_CREATED -> throw new IllegalArgumentException("run_created has no columns here");
      case RUN_STARTED -> new Fact.RunStarted(null);
      case RUN_COMPLETED -> new Fact.RunCompleted(payload, left());
      case RUN_FAILED -> new Fact.RunFailed(error(type), text, left());
      case RUN_CANCELLED -> new Fact.RunCancelled(text, left());
      case RUN_TERMINATED -> new Fact.RunTerminated(text);
      case RUN_CONTINUED -> new RunFact.Continued(other(type), details(type).numbers(CARRIED));
      case RUN_DEFERRED -> new RunFact.Deferred(present(type, "time", time));
      case CANCEL_REQUESTED -> new Fact.CancelRequested(text);
      case SIGNAL_RECEIVED ->
          new RunFact.SignalReceived(
              name(type), details == null ? null : details.text(SIGNAL_ID), payload);
      case STATE_PUBLISHED -> new RunFact.StatePublished(name(type), payload);
      case ATTRIBUTES_SET -> new RunFact.AttributesSet(details(type).values());
      case CHANGE_MARKED -> new RunFact.ChangeMarked(name(type), present(type, "flag", flag));
      case STEP_CREATED -> new Fact.StepCreated(place(type), payload);
      case STEP_STARTED -> new Fact.StepStarted(site, attempts(), worker, time);
      case STEP_RETRYING -> new Fact.StepRetrying(site, attempts(), error(type), time);
      case STEP_COMPLETED -> new Fact.StepCompleted(site, attempts(), time, payload);
      case STEP_FAILED -> new Fact.StepFailed(site, attempts(), time, error(type), text);
      case STEP_CANCELLED -> new Fact.StepCancelled(site);
      case HOOK_CREATED -> new Fact.HookCreated(site, present(type, "token", token), payload, flag);
      case HOOK_RECEIVED -> new Fact.HookReceived(payload);
      case HOOK_DISPOSED -> new Fact.HookDisposed();
      case HOOK_CONFLICT -> new Fact.HookConflict(site, present(type, "token", token), other(type));
      case HOOK_CARRIED -> new HookFact.Carried(present(type, "token", token), name(type), payload);
      case WAIT_CREATED -> new Fact.WaitCreated(site, present(type, "time", time));
      case WAIT_COMPLETED -> new Fact.WaitCompleted();
      case WAIT_CANCELLED -> new Fact.WaitCancelled();
      case CHILD_CREATED ->
          new ChildFact.Created(place(type), other(type), detail(type, WORKFLOW), policy(type));
      case CHILD_CONFLICT ->
          new ChildFact.Conflict(place(type), detail(type, RUN_KEY), other(type));
      case CHILD_COMPLETED -> new ChildFact.Completed(other(type), payload);
      case CHILD_FAILED -> new ChildFact.Failed(other(type), error(type), text);
      case CHILD_CANCELLED -> new ChildFact.Cancelled(other(type), text);
      case CHILD_CANCEL_REQUESTED -> new ChildFact.CancelRequested(text);
      case CHILD_CARRIED ->
          new ChildFact.Carried(
              other(type), detail(type, WORKFLOW), policy(type), detail(type, FROM_RUN));
      case SIGNAL_SENT ->
          new SendFact.SignalSent(place(type), other(type), detail(type, SIGNAL), payload);
      case PERMIT_REQUESTED ->
          new PermitFact.Requested(
              place(type),
              detail(type, QUEUE),
              details(type).text(KEY),
              Math.toIntExact(number(type, WEIGHT)));
      case PERMIT_GRANTED -> new PermitFact.Granted(number(type, FENCE));
      case PERMIT_RELEASED -> new PermitFact.Released();
      case PERMIT_REVOKED -> new PermitFact.Revoked(text);
      case UPDATE_REQUESTED -> new UpdateFact.Requested(name(type), payload);
      case UPDATE_ACCEPTED -> new UpdateFact.Accepted();
      case UPDATE_REJECTED -> new UpdateFact.Rejected(error(type), text);
      case UPDATE_COMPLETED -> new UpdateFact.Completed(payload);
      case UPDATE_FAILED -> new UpdateFact.Failed(error(type), text);
    };
  }

  private static FactDetails family(String workflow, ClosePolicy closePolicy) {
    return FactDetails.of(
        Map.of(
            WORKFLOW,
            AttributeValue.of(workflow),
            CLOSE_POLICY,
            AttributeValue.of(closePolicy.word())));
  }

  private static FactColumns attempt(@Nullable Site site, int attempt, @Nullable Instant time) {
    return new FactColumns(site, null, attempt, null, null, null, null, null, time, null, null);
  }

  private FactColumns at(@Nullable Site newSite) {
    return new FactColumns(
        newSite, name, attempt, text, worker, token, otherRun, flag, time, payload, details);
  }

  private FactColumns named(@Nullable String newName) {
    return new FactColumns(
        site, newName, attempt, text, worker, token, otherRun, flag, time, payload, details);
  }

  private FactColumns saying(@Nullable String newText) {
    return new FactColumns(
        site, name, attempt, newText, worker, token, otherRun, flag, time, payload, details);
  }

  private FactColumns by(@Nullable String newWorker) {
    return new FactColumns(
        site, name, attempt, text, newWorker, token, otherRun, flag, time, payload, details);
  }

  private FactColumns under(@Nullable String newToken) {
    return new FactColumns(
        site, name, attempt, text, worker, newToken, otherRun, flag, time, payload, details);
  }

  private FactColumns about(@Nullable String newOtherRun) {
    return new FactColumns(
        site, name, attempt, text, worker, token, newOtherRun, flag, time, payload, details);
  }

  private FactColumns flagged(@Nullable Boolean newFlag) {
    return new FactColumns(
        site, name, attempt, text, worker, token, otherRun, newFlag, time, payload, details);
  }

  private FactColumns timed(@Nullable Instant newTime) {
    return new FactColumns(
        site, name, attempt, text, worker, token, otherRun, flag, newTime, payload, details);
  }

  private FactColumns with(@Nullable Payload newPayload) {
    return new FactColumns(
        site, name, attempt, text, worker, token, otherRun, flag, time, newPayload, details);
  }

  /** Most runs leave nothing, and nothing is kept of that. */
  private FactColumns leaving(int unread) {
    return unread == 0 ? this : detailed(FactDetails.of(Map.of(UNREAD, AttributeValue.of(unread))));
  }

  private int left() {
    Long unread = details == null ? null : details.number(UNREAD);
    return unread == null ? 0 : Math.toIntExact(unread);
  }

  private FactColumns detailed(@Nullable FactDetails newDetails) {
    return new FactColumns(
        site, name, attempt, text, worker, token, otherRun, flag, time, payload, newDetails);
  }

  private FactDetails details(EventType type) {
    return present(type, "details", details);
  }

  private String detail(EventType type, String detail) {
    return present(type, detail, details(type).text(detail));
  }

  private long number(EventType type, String detail) {
    return present(type, detail, details(type).number(detail));
  }

  private ClosePolicy policy(EventType type) {
    return ClosePolicy.ofWord(detail(type, CLOSE_POLICY));
  }

  private String name(EventType type) {
    return present(type, "name", name);
  }

  private String other(EventType type) {
    return present(type, "other run", otherRun);
  }

  private Site place(EventType type) {
    return present(type, "site", site);
  }

  private Payload error(EventType type) {
    return present(type, "payload", payload);
  }

  private int attempts() {
    return attempt == null ? 0 : attempt;
  }

  private static <T> T present(EventType type, String column, @Nullable T value) {
    if (value == null) {
      throw new IllegalStateException(type.word() + " without " + column);
    }
    return value;
  }
}
