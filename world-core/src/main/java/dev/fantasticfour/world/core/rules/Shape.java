package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.HookFact;
import dev.fantasticfour.world.api.event.PermitFact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.event.SendFact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.event.StepFact;
import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.api.event.WaitFact;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Target;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a batch must look like before any store looks at it (world-contract 2.1, steps 1 and 2).
 * Whatever is refused here is refused with {@code INVALID_ARGUMENT}, and nothing of the call is
 * done.
 */
public final class Shape {

  /** The earliest instant that every store keeps. */
  public static final Instant EARLIEST = Require.EARLIEST;

  /** The latest instant that every store keeps. */
  public static final Instant LATEST = Require.LATEST;

  private Shape() {}

  /**
   * Returns normally for a batch that a store may look at.
   *
   * @throws WorldException {@code INVALID_ARGUMENT}, or {@code RUN_NOT_SUPPORTED} for a run of a
   *     newer protocol
   */
  public static void check(Batch batch) {
    Require.text("batch id", batch.id());
    if (batch.id().startsWith(Relay.PREFIX) && !(batch.authority() instanceof Authority.Relay)) {
      // Who took such an id first would have the relay found there already, and lost.
      throw Require.invalid(
          "the id of a batch does not begin as those of relays do: " + batch.id());
    }
    claim(batch);
    authority(batch.authority());
    switch (batch.target()) {
      case Target.OfRun target -> {
        Require.text("run id", target.run().value());
        batch.drafts().forEach(draft -> draft(target.run(), draft));
      }
      case Target.OfHook target -> {
        Require.token(target.token());
        batch.drafts().forEach(Shape::hookDraft);
      }
      case Target.OfKey target -> {
        Require.text("run id", target.ifNew().value());
        keyed(target, batch);
        batch.drafts().forEach(draft -> draft(target.ifNew(), draft));
      }
    }
  }

  private static void unread(int signals) {
    if (signals < 0) {
      throw Require.invalid("unread signals are at least 0, are " + signals);
    }
  }

  private static void claim(Batch batch) {
    if (batch.claim() == null) {
      return;
    }
    if (!(batch.authority() instanceof Authority.Anyone)
        || batch.drafts().getFirst().fact().type() != EventType.RUN_CREATED) {
      throw Require.invalid("a batch with a claim must begin with run_created, by anyone");
    }
    if (batch.drafts().getFirst().fact() instanceof Fact.RunCreated created
        && created.pin() instanceof Pin.First) {
      // The store would have to look for the build of the worker.
      throw Require.invalid(
          "a run that is claimed with its creation is pinned to a build by its id");
    }
  }

  private static void authority(Authority authority) {
    switch (authority) {
      case Authority.Anyone anyone -> {}
      case Authority.Foreign foreign -> {}
      case Authority.Relay relay -> Require.text("relay id", relay.id());
      case Authority.Owner owner -> {
        if (owner.seen() < 0 || owner.epoch() < 1) {
          throw Require.invalid("an owner needs an epoch from 1 and seen from 0, has " + owner);
        }
      }
      case Authority.AttemptHolder holder -> {
        Require.id("step id", holder.stepId());
        if (holder.attempt() < 1) {
          throw Require.invalid("attempts count from 1, is " + holder.attempt());
        }
      }
    }
  }

  private static void keyed(Target.OfKey target, Batch batch) {
    boolean creates =
        batch.drafts().size() > 1
            && batch.drafts().getFirst().fact() instanceof Fact.RunCreated created
            && created.workflow().equals(target.workflow())
            && target.runKey().equals(created.runKey());
    if (!creates || !(batch.authority() instanceof Authority.Anyone) || batch.claim() != null) {
      throw Require.invalid(
          "a batch for a run key begins with run_created of that workflow and key, says something"
              + " more, and is by anyone without a claim");
    }
  }

  private static void hookDraft(Draft draft) {
    if (draft.fact().type() != EventType.HOOK_RECEIVED || draft.correlationId() != null) {
      throw Require.invalid(
          "a batch for a hook token takes hook_received without correlation id only");
    }
    Require.instant("occurredAt", draft.occurredAt());
  }

  private static void draft(RunId run, Draft draft) {
    EventType type = draft.fact().type();
    String id = draft.correlationId();
    Require.instant("occurredAt", draft.occurredAt());
    if (type.isOfRun() != (id == null)) {
      throw Require.invalid(
          type.word() + (id == null ? " needs a" : " takes no") + " correlation id");
    }
    if (id != null) {
      Require.id("correlation id", id);
    }
    site(FactParts.site(draft.fact()));
    if (FactParts.attempt(draft.fact()) < 0) {
      throw Require.invalid("attempts are not negative, is " + FactParts.attempt(draft.fact()));
    }
    fact(run, draft);
  }

  private static void fact(RunId run, Draft draft) {
    switch (draft.fact()) {
      case Fact.RunCreated f -> {
        CreationShape.requireNoOrigin(f);
        CreationShape.named(run, f);
      }
      case Fact.RunStarted f -> {
        Fact.RunCreated creation = f.creation();
        if (creation != null) {
          CreationShape.requireNoOrigin(creation);
          CreationShape.check(run, creation);
        }
      }
      case RunFact.Continued f -> CreationShape.successor(run, f);
      case RunFact.Deferred f -> Require.instant("notBefore", f.notBefore());
      case RunFact.SignalReceived f -> {
        Require.limited("signal", f.name());
        Require.optional("signal id", f.signalId());
      }
      case RunFact.StatePublished f -> Require.limited("state", f.name());
      case RunFact.AttributesSet f -> changes(f.changes());
      case RunFact.ChangeMarked f -> Require.limited("change id", f.changeId());
      case Fact.RunCompleted f -> unread(f.unread());
      case Fact.RunFailed f -> unread(f.unread());
      case Fact.RunCancelled f -> unread(f.unread());
      case RunFact f -> {}
      case Fact.StepStarted f -> Require.instant("startedAt", f.startedAt());
      case Fact.StepRetrying f -> Require.instant("retryAt", f.retryAt());
      case Fact.StepCompleted f -> Require.instant("startedAt", f.startedAt());
      case Fact.StepFailed f -> Require.instant("startedAt", f.startedAt());
      case StepFact f -> {}
      case Fact.HookCreated f -> Require.token(f.token());
      case Fact.HookConflict f -> throw byStoreOnly(f);
      case HookFact.Carried f -> throw byStoreOnly(f);
      case HookFact f -> {}
      case Fact.WaitCreated f -> Require.instant("resumeAt", f.resumeAt());
      case WaitFact f -> {}
      case ChildFact f -> child(run, draft.correlationId(), f);
      case SendFact.SignalSent f -> {
        Require.id("target run", f.targetRun());
        Require.limited("signal", f.name());
      }
      case PermitFact.Requested f -> permit(f);
      case PermitFact.Granted f -> throw byStoreOnly(f);
      case PermitFact f -> {}
      case UpdateFact.Requested f -> Require.limited("update", f.name());
      case UpdateFact f -> {}
    }
  }

  private static void child(RunId run, @Nullable String id, ChildFact fact) {
    switch (fact) {
      case ChildFact.Created f -> CreationShape.child(run, id, f);
      case ChildFact.Conflict f -> throw byStoreOnly(f);
      case ChildFact.Carried f -> throw byStoreOnly(f);
      case ChildFact.Completed f -> Require.name("child run", f.childRun());
      case ChildFact.Failed f -> Require.name("child run", f.childRun());
      case ChildFact.Cancelled f -> Require.name("child run", f.childRun());
      case ChildFact.CancelRequested f -> {}
    }
  }

  private static void permit(PermitFact.Requested f) {
    Require.limited("queue", f.queue());
    Require.optional("key", f.key());
    if (f.weight() < 1) {
      throw Require.invalid("a permit weighs at least 1, is " + f.weight());
    }
  }

  private static WorldException byStoreOnly(Fact fact) {
    return Require.invalid(fact.type().word() + " is written by the store only");
  }

  private static void changes(Map<String, Optional<AttributeValue>> changes) {
    changes.forEach(
        (key, value) -> {
          Require.name("attribute key", key);
          value.ifPresent(Require::attribute);
        });
  }

  private static void site(@Nullable Site site) {
    if (site != null) {
      Require.name("name", site.name());
      Require.text("branch", site.branch());
      if (site.index() < Site.UNKNOWN) {
        throw Require.invalid(
            "a site counts from 0, or is " + Site.UNKNOWN + ", is " + site.index());
      }
    }
  }
}
