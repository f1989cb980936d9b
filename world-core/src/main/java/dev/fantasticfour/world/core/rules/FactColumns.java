package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.HookFact;
import dev.fantasticfour.world.api.event.PermitFact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.event.SendFact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.api.run.ClosePolicy;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A fact as the few columns that all kinds of facts share, for stores with rows. {@code
 * FactReading} is the way back. What a run was created from is left out: it belongs to the row of
 * the run.
 *
 * @param site where in the code it was asked for
 * @param name of a signal, a state, a change or an update: of what has no site
 * @param attempt null for facts that name none
 * @param text error code or reason
 * @param otherRun the run that is in the way, that goes on instead, that is the child or the target
 * @param flag whether a hook is a webhook, a change was taken, or a child was terminated
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

  static final String CARRIED = "carried";
  static final String SIGNAL_ID = "signal_id";
  static final String WORKFLOW = "workflow";
  static final String CLOSE_POLICY = "close_policy";
  static final String APPLICATION = "application";
  static final String FROM_RUN = "from_run";
  static final String RUN_KEY = "run_key";
  static final String SIGNAL = "signal";
  static final String QUEUE = "queue";
  static final String KEY = "key";
  static final String WEIGHT = "weight";
  static final String FENCE = "fence";
  static final String UNREAD = "unread";

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
      case HookFact.Carried f ->
          NONE.named(f.name()).under(f.token()).with(f.metadata()).flagged(f.webhook());
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
          NONE.at(f.site())
              .about(f.childRun())
              .detailed(family(f.workflow(), f.closePolicy()).and(APPLICATION, f.application()));
      case ChildFact.Conflict f ->
          NONE.at(f.site()).about(f.holdingRun()).detailed(FactDetails.of(RUN_KEY, f.runKey()));
      case ChildFact.Completed f -> NONE.about(f.childRun()).with(f.result());
      case ChildFact.Failed f -> NONE.about(f.childRun()).with(f.error()).saying(f.errorCode());
      case ChildFact.Cancelled f ->
          NONE.about(f.childRun()).saying(f.reason()).flagged(f.terminated());
      case ChildFact.CancelRequested f -> NONE.saying(f.reason());
      case ChildFact.Carried f ->
          NONE.about(f.childRun())
              .detailed(family(f.workflow(), f.closePolicy()).and(FROM_RUN, f.fromRun()));
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

  private FactColumns detailed(@Nullable FactDetails newDetails) {
    return new FactColumns(
        site, name, attempt, text, worker, token, otherRun, flag, time, payload, newDetails);
  }
}
