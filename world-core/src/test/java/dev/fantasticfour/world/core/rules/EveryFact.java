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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A fact of every type but {@code run_created}, with all that it can say and with the least. */
public final class EveryFact {

  private static final Site SITE = new Site("charge", "0.1", 2);
  private static final Payload VALUE = Payload.json("1");
  private static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");

  /** With all that they can say. */
  public static final List<Fact> FULL =
      List.of(
          new Fact.RunStarted(null),
          new Fact.RunCompleted(VALUE),
          new Fact.RunFailed(VALUE, "CODE"),
          new Fact.RunCancelled("why"),
          new Fact.RunTerminated("why"),
          new Fact.CancelRequested("why"),
          new Fact.StepCreated(SITE, VALUE),
          new Fact.StepStarted(SITE, 3, "somebody"),
          new Fact.StepStarted(SITE, 3, "somebody", TIME),
          new Fact.StepRetrying(SITE, 3, VALUE, TIME),
          new Fact.StepCompleted(SITE, 3, TIME, VALUE),
          new Fact.StepFailed(SITE, 3, TIME, VALUE, "CODE"),
          new Fact.StepCancelled(SITE),
          new Fact.HookCreated(SITE, "token", VALUE, false),
          new Fact.HookReceived(VALUE),
          new Fact.HookDisposed(),
          new Fact.HookConflict(SITE, "token", "run"),
          new Fact.WaitCreated(SITE, TIME),
          new Fact.WaitCompleted(),
          new Fact.WaitCancelled(),
          new RunFact.Continued("next", List.of(2L, 5L)),
          new RunFact.Deferred(TIME),
          new RunFact.SignalReceived("ping", "id", VALUE),
          new RunFact.StatePublished("state", VALUE),
          new RunFact.AttributesSet(
              Map.of("a", Optional.of(AttributeValue.of(List.of("x"))), "b", Optional.empty())),
          new RunFact.ChangeMarked("change", false),
          new HookFact.Carried("token", "approval", VALUE, true),
          new ChildFact.Created(SITE, "child", "flow", ClosePolicy.TERMINATE, "billing"),
          new ChildFact.Conflict(SITE, "key", "holder"),
          new ChildFact.Completed("child", VALUE),
          new ChildFact.Failed("child", VALUE, "CODE"),
          new ChildFact.Cancelled("child", "why", true),
          new ChildFact.CancelRequested("why"),
          new ChildFact.Carried("child", "flow", ClosePolicy.ABANDON, "before"),
          new SendFact.SignalSent(SITE, "target", "ping", VALUE),
          new PermitFact.Requested(SITE, "queue", "key", 3),
          new PermitFact.Granted(4_000_000_000L),
          new PermitFact.Released(),
          new PermitFact.Revoked("why"),
          new UpdateFact.Requested("add", VALUE),
          new UpdateFact.Accepted(),
          new UpdateFact.Rejected(VALUE, "CODE"),
          new UpdateFact.Completed(VALUE),
          new UpdateFact.Failed(VALUE, "CODE"));

  /** With the least that they can say; of those that have a choice. */
  public static final List<Fact> BARE =
      List.of(
          new Fact.RunCompleted(null),
          new Fact.RunFailed(VALUE, null),
          new Fact.RunCancelled(null),
          new Fact.RunTerminated(null),
          new Fact.CancelRequested(null),
          new Fact.StepCreated(SITE, null),
          new Fact.StepStarted(null, 0, null),
          new Fact.StepRetrying(null, 1, VALUE, null),
          new Fact.StepCompleted(null, 1, null, null),
          new Fact.StepFailed(null, 1, null, VALUE, null),
          new Fact.StepCancelled(null),
          new Fact.HookCreated(null, "token", null, null),
          new Fact.HookReceived(null),
          new Fact.HookConflict(null, "token", "run"),
          new Fact.WaitCreated(null, TIME),
          new RunFact.Continued("next", List.of()),
          new RunFact.SignalReceived("ping", null, null),
          new RunFact.StatePublished("state", null),
          new HookFact.Carried("token", "approval", null, null),
          new ChildFact.Completed("child", null),
          new ChildFact.Failed("child", VALUE, null),
          new ChildFact.Cancelled("child", null, false),
          new ChildFact.CancelRequested(null),
          new SendFact.SignalSent(SITE, "target", "ping", null),
          new PermitFact.Requested(SITE, "queue", null, 1),
          new PermitFact.Revoked(null),
          new UpdateFact.Requested("add", null),
          new UpdateFact.Rejected(VALUE, null),
          new UpdateFact.Completed(null),
          new UpdateFact.Failed(VALUE, null));

  private EveryFact() {}
}
