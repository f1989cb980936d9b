package dev.fantasticfour.world.tck.wrong;

import static dev.fantasticfour.world.tck.wrong.WrongStorages.wrong;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.event.Birth;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.run.ChildRecord;
import dev.fantasticfour.world.api.run.ChildStatus;
import dev.fantasticfour.world.api.run.ClosePolicy;
import dev.fantasticfour.world.api.run.Family;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.Parent;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.Runs;
import dev.fantasticfour.world.api.run.StateRecord;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The ways to be wrong about runs that come of other runs. */
public final class WrongKin {

  private WrongKin() {}

  public static List<WrongCase> all() {
    return List.of(
        wrong("a child is nobody's turn", "CHI-1", "CHI-3", WrongKin::neverDue),
        wrong("a child has no run key", "CHI-2", "L3 2.3", WrongKin::withoutKeys),
        wrong("a child is open for ever", "CHI-3", "L1 oracle", WrongKin::openForEver),
        wrong(
            "a child outlives its parent, whatever its policy",
            "CHI-4",
            "L3 2.3 CON-5",
            WrongKin::abandoning),
        wrong(
            "a child is asked to cancel itself for no reason",
            "CHI-5",
            "L3 2.3",
            WrongKin::unreasoned),
        wrong("all below a run are its children", "CHI-6", "", WrongKin::listingTheTree),
        wrong("a child is pinned by nobody", "CHI-7", "", WrongKin::unpinned),
        wrong("a run key leads to the run before", "CON-1", "", WrongKin::keptByTheRunBefore),
        wrong("what a run published ends with it", "CON-2", "", WrongKin::withoutStates),
        wrong("a hook of the run before listens no more", "CON-3", "", WrongKin::withoutHooks),
        wrong(
            "what was named as unread is read",
            "CON-4",
            "CON-5 L3 2.3",
            WrongKin::readingEverything),
        wrong("a successor is nobody's child", "CON-5", "", WrongKin::orphaned),
        wrong("nobody is told where a run goes on", "CON-6", "", WrongKin::endingAnyway));
  }

  private static Storage neverDue(Storage inner) {
    return shown(inner, run -> run.parent() == null ? run : Altered.due(run, null));
  }

  private static Storage unpinned(Storage inner) {
    return shown(
        inner, run -> run.parent() == null ? run : Altered.kin(run, Pin.AUTO, run.parent()));
  }

  private static Storage orphaned(Storage inner) {
    return shown(inner, run -> run.predecessor() == null ? run : Altered.kin(run, run.pin(), null));
  }

  private static Storage shown(Storage inner, UnaryOperator<RunRecord> wrong) {
    return new ForwardingStorage(inner) {
      @Override
      public Optional<RunRecord> run(RunId run) {
        return inner.run(run).map(wrong);
      }
    };
  }

  private static Storage withoutKeys(Storage inner) {
    return withChildren(
        inner, child -> born(child, child.closePolicy(), keyless(child.birth().creation())));
  }

  private static Storage withChildren(Storage inner, UnaryOperator<ChildFact.Created> wrong) {
    return WrongBatches.withFacts(
        inner,
        fact ->
            fact instanceof ChildFact.Created child && child.birth() != null
                ? wrong.apply(child)
                : fact);
  }

  private static ChildFact.Created born(
      ChildFact.Created child, ClosePolicy policy, Fact.RunCreated creation) {
    return new ChildFact.Created(
        child.site(),
        child.childRun(),
        child.workflow(),
        policy,
        child.application(),
        new Birth(creation, child.birth().unpinned()));
  }

  private static Fact.RunCreated keyless(Fact.RunCreated creation) {
    return new Fact.RunCreated(
        creation.workflow(),
        creation.deploymentId(),
        creation.specVersion(),
        creation.taskQueue(),
        creation.input(),
        null,
        null,
        creation.attributes(),
        creation.executionContext(),
        creation.pin(),
        creation.parent(),
        creation.predecessor(),
        creation.deadline(),
        creation.origin());
  }

  private static Storage openForEver(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public Page<ChildRecord> children(RunId run, PageRequest page) {
        Page<ChildRecord> children = inner.children(run, page);
        return new Page<>(
            children.items().stream().map(WrongKin::open).toList(),
            children.cursor(),
            children.hasMore());
      }
    };
  }

  private static ChildRecord open(ChildRecord child) {
    return new ChildRecord(
        child.run(),
        child.childId(),
        child.childRun(),
        child.workflow(),
        child.closePolicy(),
        ChildStatus.OPEN,
        child.createdAt(),
        null);
  }

  private static Storage abandoning(Storage inner) {
    return withChildren(
        inner, child -> born(child, ClosePolicy.ABANDON, abandoned(child.birth().creation())));
  }

  private static Fact.RunCreated abandoned(Fact.RunCreated creation) {
    Parent of = Objects.requireNonNull(creation.parent());
    return creation.childOf(
        new Parent(of.run(), of.child(), ClosePolicy.ABANDON, of.root(), of.depth()));
  }

  private static Storage unreasoned(Storage inner) {
    return WrongBatches.withFacts(
        inner,
        fact ->
            fact instanceof ChildFact.CancelRequested ? new ChildFact.CancelRequested(null) : fact);
  }

  private static Storage listingTheTree(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public Page<RunRecord> runs(RunFilter filter, PageRequest page) {
        return inner.runs(
            filter.family() instanceof Family.ChildrenOf of ? Runs.treeOf(of.run()) : filter, page);
      }
    };
  }

  private static Storage keptByTheRunBefore(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public Optional<RunRecord> runByKey(String workflow, String runKey) {
        return inner
            .runByKey(workflow, runKey)
            .flatMap(
                run ->
                    run.predecessor() == null
                        ? Optional.of(run)
                        : inner.run(new RunId(run.predecessor().run())));
      }
    };
  }

  private static boolean isSuccessor(Storage inner, RunId run) {
    return inner.run(run).filter(it -> it.predecessor() != null).isPresent();
  }

  private static Storage withoutStates(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public Optional<StateRecord> state(RunId run, String name) {
        return isSuccessor(inner, run) ? Optional.empty() : inner.state(run, name);
      }
    };
  }

  private static Storage withoutHooks(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public Optional<HookRecord> hookByToken(String token) {
        return inner.hookByToken(token).filter(hook -> !isSuccessor(inner, hook.run()));
      }
    };
  }

  private static Storage readingEverything(Storage inner) {
    return WrongBatches.withFacts(
        inner,
        fact ->
            fact instanceof RunFact.Continued f
                ? new RunFact.Continued(f.nextRun(), List.of(), f.birth())
                : fact);
  }

  private static Storage endingAnyway(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public List<AppendResult> append(List<Batch> batches) {
        return inner.append(batches).stream()
            .map(
                it ->
                    it instanceof AppendResult.Closed c ? new AppendResult.Closed(c.status()) : it)
            .toList();
      }
    };
  }
}
