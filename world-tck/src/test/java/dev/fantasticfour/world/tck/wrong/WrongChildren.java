package dev.fantasticfour.world.tck.wrong;

import static dev.fantasticfour.world.tck.wrong.WrongStorages.wrong;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.event.Birth;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.run.ChildRecord;
import dev.fantasticfour.world.api.run.ChildStatus;
import dev.fantasticfour.world.api.run.ClosePolicy;
import dev.fantasticfour.world.api.run.Family;
import dev.fantasticfour.world.api.run.Parent;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.RunLog.Relayed;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/** The ways to keep wrongly what becomes of the children of runs. */
public final class WrongChildren {

  private WrongChildren() {}

  /** All of them. */
  public static List<WrongCase> all() {
    return List.of(
        wrong(
            "a child comes to be after its record",
            "CHI-1",
            "CHI-7 CHI-6 oracle CHI-3 CON-5 CU-15",
            WrongChildren::comingLater),
        wrong(
            "what comes to be with a refused batch is there",
            "CHI-1",
            "CON-1",
            WrongChildren::comingBeforeTheVerdict),
        wrong("a run has whatever parent it says", "CHI-1", "", WrongChildren::believingAnyParent),
        wrong(
            "a child whose key is taken refuses its batch",
            "CHI-2",
            "2.3 L8",
            WrongChildren::refusingForAKey),
        wrong(
            "nobody hears of a child that others have ended",
            "CHI-3",
            "",
            (Storage inner, Map<RunId, RunId> lost) -> notTellingOfTerminations(inner, lost)),
        wrong(
            "a parent is told that its child ended, not how",
            "CHI-3",
            "CON-5",
            WrongChildren::tellingNoResults),
        wrong(
            "a child that failed was cancelled",
            "CHI-3",
            "CON-5 L1 oracle",
            WrongChildren::takingFailuresForCancellations),
        wrong(
            "what is owed to one run is moved one by one",
            "CHI-3",
            "REL-1",
            WrongChildren::movingOneByOne),
        wrong(
            "children of a run that others ended are left alone",
            "CHI-4",
            "",
            (Storage inner, Map<RunId, RunId> lost) -> leavingChildrenOfTheTerminated(inner, lost)),
        wrong(
            "a child ends with its parent whatever its policy",
            "CHI-4",
            "",
            WrongChildren::endingAllChildren),
        wrong(
            "a child is not told to cancel itself",
            "CHI-5",
            "",
            (Storage inner, Map<RunId, RunId> lost) -> notAskingChildren(inner, lost)),
        wrong("a tree has one generation", "CHI-6", "", WrongChildren::listingOneGeneration),
        wrong(
            "every child is pinned as its parent", "CHI-7", "", WrongChildren::pinningEveryChild));
  }

  /** A child is recorded, and comes to be when somebody looks for work. */
  static Storage comingLater(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public Optional<RunRecord> run(RunId run) {
        return inner.run(run).filter(found -> found.parent() == null || found.lastPosition() > 1);
      }
    };
  }

  /** Children come to be before their batch is judged. */
  static Storage comingBeforeTheVerdict(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public List<AppendResult> append(List<Batch> batches) {
        List<AppendResult> results = inner.append(batches);
        for (int i = 0; i < batches.size(); i++) {
          if (!(results.get(i) instanceof AppendResult.InLog)) {
            batches.get(i).drafts().forEach(this::leave);
          }
        }
        return results;
      }

      private void leave(Draft draft) {
        Birth birth =
            switch (draft.fact()) {
              case ChildFact.Created child -> child.birth();
              case RunFact.Continued continued -> continued.birth();
              default -> null;
            };
        String run =
            switch (draft.fact()) {
              case ChildFact.Created child -> child.childRun();
              case RunFact.Continued continued -> continued.nextRun();
              default -> null;
            };
        if (birth != null && run != null) {
          begin(inner, new RunId(run), draft, birth.creation());
        }
      }
    };
  }

  private static void begin(Storage inner, RunId run, Draft draft, Fact.RunCreated creation) {
    Fact.RunCreated alone = alone(creation);
    inner.append(
        List.of(
            new Batch(
                Batch.PREFIX + UUID.randomUUID(),
                new Target.OfRun(run),
                Authority.ANYONE,
                null,
                List.of(new Draft(null, draft.occurredAt(), alone)))));
  }

  /** From the same, and from no other run. */
  private static Fact.RunCreated alone(Fact.RunCreated f) {
    return new Fact.RunCreated(
            f.workflow(),
            f.deploymentId(),
            f.specVersion(),
            f.taskQueue(),
            f.input(),
            f.runKey(),
            f.inputHash(),
            f.attributes(),
            f.executionContext())
        .pinned(f.pin())
        .until(f.deadline());
  }

  /** Whoever says whose child a run is, is believed. */
  static Storage believingAnyParent(Storage inner) {
    return WrongBatches.withFacts(
        inner, fact -> fact instanceof Fact.RunCreated created ? alone(created) : fact);
  }

  private interface WrongBirth {
    ChildFact.Created of(ChildFact.Created child, Birth birth);
  }

  private static Storage bearing(Storage inner, WrongBirth wrong) {
    return WrongBatches.withFacts(
        inner,
        fact ->
            fact instanceof ChildFact.Created child && child.birth() != null
                ? wrong.of(child, child.birth())
                : fact);
  }

  private static ChildFact.Created with(ChildFact.Created child, ClosePolicy policy, Birth birth) {
    return new ChildFact.Created(
        child.site(), child.childRun(), child.workflow(), policy, child.application(), birth);
  }

  /** A child whose key is taken refuses all that was said with it. */
  static Storage refusingForAKey(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public List<AppendResult> append(List<Batch> batches) {
        return batches.stream()
            .map(
                batch ->
                    batch.drafts().stream()
                        .map(this::holder)
                        .flatMap(Optional::stream)
                        .findFirst()
                        .<AppendResult>map(
                            run ->
                                new AppendResult.Conflict(
                                    AppendResult.Conflict.Reason.RUN_KEY,
                                    String.valueOf(run.runKey()),
                                    run.id(),
                                    run.inputHash()))
                        .orElseGet(() -> inner.append(List.of(batch)).getFirst()))
            .toList();
      }

      private Optional<RunRecord> holder(Draft draft) {
        return draft.fact() instanceof ChildFact.Created child
                && child.birth() != null
                && child.birth().creation().runKey() != null
            ? inner
                .runByKey(child.workflow(), child.birth().creation().runKey())
                .filter(run -> !run.id().value().equals(child.childRun()))
            : Optional.empty();
      }
    };
  }

  /** What others end, its parent does not hear of. */
  static Storage notTellingOfTerminations(Storage inner, Map<RunId, RunId> lost) {
    return new LosingRelays(
        inner,
        event ->
            event.type() == EventType.RUN_TERMINATED
                ? inner.run(event.run()).map(RunRecord::parent).stream()
                    .map(parent -> new RunId(parent.run()))
                    .collect(Collectors.toSet())
                : Set.of(),
        lost);
  }

  /** That a child has ended is all that its parent is told. */
  static Storage tellingNoResults(Storage inner) {
    return new RewrittenEvents(
        inner,
        event ->
            event.fact() instanceof ChildFact.Completed done
                ? RewrittenEvents.with(
                    event,
                    event.id(),
                    event.createdAt(),
                    new ChildFact.Completed(done.childRun(), null))
                : event);
  }

  /** A child that has failed was cancelled, as the parent hears it. */
  static Storage takingFailuresForCancellations(Storage inner) {
    return new RewrittenEvents(
        inner,
        event ->
            event.fact() instanceof ChildFact.Failed failed
                ? RewrittenEvents.with(
                    event,
                    event.id(),
                    event.createdAt(),
                    new ChildFact.Cancelled(failed.childRun(), failed.errorCode(), false))
                : event);
  }

  /** Of what waits for a run, one thing is moved at a time. */
  static Storage movingOneByOne(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public List<Relayed> relay(Set<RunId> targets, int limit) {
        return inner.relay(targets, 1);
      }
    };
  }

  /** The children of a run that others end are left to themselves. */
  static Storage leavingChildrenOfTheTerminated(Storage inner, Map<RunId, RunId> lost) {
    return new LosingRelays(
        inner,
        event -> event.type() == EventType.RUN_TERMINATED ? open(inner, event.run()) : Set.of(),
        lost);
  }

  private static Set<RunId> open(Storage inner, RunId run) {
    return inner.children(run, PageRequest.oldestFirst()).items().stream()
        .filter(child -> child.status() == ChildStatus.OPEN)
        .map(ChildRecord::childRun)
        .collect(Collectors.toSet());
  }

  /** Whatever a child's policy says, its parent's end is its own. */
  static Storage endingAllChildren(Storage inner) {
    return withPolicies(inner, (said, other) -> said == ClosePolicy.REQUEST_CANCEL ? other : said);
  }

  private static Storage withPolicies(Storage inner, BinaryOperator<ClosePolicy> wrong) {
    return bearing(
        inner,
        (child, birth) -> {
          ClosePolicy policy = wrong.apply(child.closePolicy(), ClosePolicy.TERMINATE);
          Parent of = birth.creation().parent();
          return of == null
              ? child
              : with(
                  child,
                  policy,
                  new Birth(
                      birth
                          .creation()
                          .childOf(new Parent(of.run(), of.child(), policy, of.root(), of.depth())),
                      birth.unpinned()));
        });
  }

  /** That a child is to cancel itself stands in the log of its parent, and nowhere else. */
  static Storage notAskingChildren(Storage inner, Map<RunId, RunId> lost) {
    return new LosingRelays(
        inner,
        event -> event.type() == EventType.CHILD_CANCEL_REQUESTED ? asked(inner, event) : Set.of(),
        lost);
  }

  private static Set<RunId> asked(Storage inner, Event event) {
    return inner.children(event.run(), PageRequest.oldestFirst()).items().stream()
        .filter(child -> child.childId().equals(event.correlationId()))
        .map(ChildRecord::childRun)
        .collect(Collectors.toSet());
  }

  /** Below a run are its children, and no more. */
  static Storage listingOneGeneration(Storage inner) {
    return listing(
        inner,
        family ->
            family instanceof Family.TreeOf tree ? new Family.ChildrenOf(tree.run()) : family);
  }

  private interface WrongFamily {
    Family of(Family family);
  }

  private static Storage listing(Storage inner, WrongFamily wrong) {
    return new ForwardingStorage(inner) {
      @Override
      public Page<RunRecord> runs(RunFilter filter, PageRequest page) {
        Family family = filter.family();
        return inner.runs(family == null ? filter : filter.of(wrong.of(family)), page);
      }
    };
  }

  /** A child is pinned as its parent is, whatever it says. */
  static Storage pinningEveryChild(Storage inner) {
    return bearing(
        inner,
        (child, birth) -> with(child, child.closePolicy(), new Birth(birth.creation(), false)));
  }
}
