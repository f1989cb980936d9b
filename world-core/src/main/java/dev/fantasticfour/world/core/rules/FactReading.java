package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.HookFact;
import dev.fantasticfour.world.api.event.PermitFact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.event.SendFact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.api.run.ClosePolicy;
import org.jspecify.annotations.Nullable;

/** The way back from {@link FactColumns} to the fact. */
public final class FactReading {

  private final EventType type;
  private final FactColumns columns;

  private FactReading(EventType type, FactColumns columns) {
    this.type = type;
    this.columns = columns;
  }

  /**
   * The fact that has these columns.
   *
   * @param type any but {@code run_created}
   * @throws IllegalStateException when a column is null that the type needs
   */
  public static Fact fact(EventType type, FactColumns columns) {
    return new FactReading(type, columns).fact();
  }

  private Fact fact() {
    return switch (type) {
      case RUN_CREATED -> throw new IllegalArgumentException("run_created has no columns here");
      case RUN_STARTED -> new Fact.RunStarted(null);
      case RUN_COMPLETED -> new Fact.RunCompleted(columns.payload(), left());
      case RUN_FAILED -> new Fact.RunFailed(error(), columns.text(), left());
      case RUN_CANCELLED -> new Fact.RunCancelled(columns.text(), left());
      case RUN_TERMINATED -> new Fact.RunTerminated(columns.text());
      case RUN_CONTINUED -> new RunFact.Continued(other(), details().numbers(FactColumns.CARRIED));
      case RUN_DEFERRED -> new RunFact.Deferred(present("time", columns.time()));
      case CANCEL_REQUESTED -> new Fact.CancelRequested(columns.text());
      case SIGNAL_RECEIVED ->
          new RunFact.SignalReceived(
              name(),
              columns.details() == null ? null : columns.details().text(FactColumns.SIGNAL_ID),
              columns.payload());
      case STATE_PUBLISHED -> new RunFact.StatePublished(name(), columns.payload());
      case ATTRIBUTES_SET -> new RunFact.AttributesSet(details().values());
      case CHANGE_MARKED -> new RunFact.ChangeMarked(name(), present("flag", columns.flag()));
      case STEP_CREATED -> new Fact.StepCreated(place(), columns.payload());
      case STEP_STARTED ->
          new Fact.StepStarted(columns.site(), attempts(), columns.worker(), columns.time());
      case STEP_RETRYING ->
          new Fact.StepRetrying(columns.site(), attempts(), error(), columns.time());
      case STEP_COMPLETED ->
          new Fact.StepCompleted(columns.site(), attempts(), columns.time(), columns.payload());
      case STEP_FAILED ->
          new Fact.StepFailed(columns.site(), attempts(), columns.time(), error(), columns.text());
      case STEP_CANCELLED -> new Fact.StepCancelled(columns.site());
      case HOOK_CREATED ->
          new Fact.HookCreated(
              columns.site(), present("token", columns.token()), columns.payload(), columns.flag());
      case HOOK_RECEIVED -> new Fact.HookReceived(columns.payload());
      case HOOK_DISPOSED -> new Fact.HookDisposed();
      case HOOK_CONFLICT ->
          new Fact.HookConflict(columns.site(), present("token", columns.token()), other());
      case HOOK_CARRIED ->
          new HookFact.Carried(
              present("token", columns.token()), name(), columns.payload(), columns.flag());
      case WAIT_CREATED -> new Fact.WaitCreated(columns.site(), present("time", columns.time()));
      case WAIT_COMPLETED -> new Fact.WaitCompleted();
      case WAIT_CANCELLED -> new Fact.WaitCancelled();
      case CHILD_CREATED ->
          new ChildFact.Created(
              place(),
              other(),
              detail(FactColumns.WORKFLOW),
              policy(),
              details().text(FactColumns.APPLICATION));
      case CHILD_CONFLICT -> new ChildFact.Conflict(place(), detail(FactColumns.RUN_KEY), other());
      case CHILD_COMPLETED -> new ChildFact.Completed(other(), columns.payload());
      case CHILD_FAILED -> new ChildFact.Failed(other(), error(), columns.text());
      case CHILD_CANCELLED ->
          new ChildFact.Cancelled(other(), columns.text(), Boolean.TRUE.equals(columns.flag()));
      case CHILD_CANCEL_REQUESTED -> new ChildFact.CancelRequested(columns.text());
      case CHILD_CARRIED ->
          new ChildFact.Carried(
              other(), detail(FactColumns.WORKFLOW), policy(), detail(FactColumns.FROM_RUN));
      case SIGNAL_SENT ->
          new SendFact.SignalSent(place(), other(), detail(FactColumns.SIGNAL), columns.payload());
      case PERMIT_REQUESTED ->
          new PermitFact.Requested(
              place(),
              detail(FactColumns.QUEUE),
              details().text(FactColumns.KEY),
              Math.toIntExact(number(FactColumns.WEIGHT)));
      case PERMIT_GRANTED -> new PermitFact.Granted(number(FactColumns.FENCE));
      case PERMIT_RELEASED -> new PermitFact.Released();
      case PERMIT_REVOKED -> new PermitFact.Revoked(columns.text());
      case UPDATE_REQUESTED -> new UpdateFact.Requested(name(), columns.payload());
      case UPDATE_ACCEPTED -> new UpdateFact.Accepted();
      case UPDATE_REJECTED -> new UpdateFact.Rejected(error(), columns.text());
      case UPDATE_COMPLETED -> new UpdateFact.Completed(columns.payload());
      case UPDATE_FAILED -> new UpdateFact.Failed(error(), columns.text());
    };
  }

  private int left() {
    Long unread = columns.details() == null ? null : columns.details().number(FactColumns.UNREAD);
    return unread == null ? 0 : Math.toIntExact(unread);
  }

  private FactDetails details() {
    return present("details", columns.details());
  }

  private String detail(String detail) {
    return present(detail, details().text(detail));
  }

  private long number(String detail) {
    return present(detail, details().number(detail));
  }

  private ClosePolicy policy() {
    return ClosePolicy.ofWord(detail(FactColumns.CLOSE_POLICY));
  }

  private String name() {
    return present("name", columns.name());
  }

  private String other() {
    return present("other run", columns.otherRun());
  }

  private Site place() {
    return present("site", columns.site());
  }

  private Payload error() {
    return present("payload", columns.payload());
  }

  private int attempts() {
    return columns.attempt() == null ? 0 : columns.attempt();
  }

  private <T> T present(String column, @Nullable T value) {
    if (value == null) {
      throw new IllegalStateException(type.word() + " without " + column);
    }
    return value;
  }
}
