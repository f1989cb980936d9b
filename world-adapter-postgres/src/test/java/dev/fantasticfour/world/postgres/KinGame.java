package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.event.Birth;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.ClosePolicy;
import dev.fantasticfour.world.api.run.Parent;
import dev.fantasticfour.world.api.run.Predecessor;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.port.Draft;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Random children and successors.
 *
 * @param runs gives a run id that may be there already
 * @param creations what runs are created from
 */
record KinGame(Random random, Supplier<RunId> runs, Supplier<Fact.RunCreated> creations) {

  private static final ClosePolicy[] POLICIES = ClosePolicy.values();

  /** Something that is said of a child. */
  ChildFact ofChild(Site site) {
    return switch (random.nextInt(6)) {
      case 0 -> new ChildFact.CancelRequested("so");
      case 1 -> new ChildFact.Completed("wrun_child", null);
      default ->
          new ChildFact.Created(site, "?", "?", POLICIES[random.nextInt(POLICIES.length)], null);
    };
  }

  /** The same draft for that run, where it makes another one. */
  Draft bound(RunId run, @Nullable RunRecord now, Draft draft) {
    return switch (draft.fact()) {
      case ChildFact.Created f -> child(run, draft, f);
      case RunFact.Continued f -> continued(run, now, draft);
      default -> draft;
    };
  }

  private Draft child(RunId run, Draft draft, ChildFact.Created f) {
    String id = Objects.requireNonNull(draft.correlationId());
    Fact.RunCreated creation =
        creations.get().childOf(new Parent(run.value(), id, f.closePolicy(), run.value(), 1));
    return new Draft(
        id,
        draft.occurredAt(),
        new ChildFact.Created(
            f.site(),
            other(run).value(),
            creation.workflow(),
            f.closePolicy(),
            null,
            new Birth(creation, random.nextBoolean())));
  }

  private Draft continued(RunId run, @Nullable RunRecord now, Draft draft) {
    Fact.RunCreated creation = creations.get();
    if (now != null && now.runKey() != null) {
      creation =
          new Fact.RunCreated(
              now.workflow(),
              creation.deploymentId(),
              creation.specVersion(),
              creation.taskQueue(),
              creation.input(),
              now.runKey(),
              now.inputHash(),
              creation.attributes(),
              null);
    }
    Fact.RunCreated next = creation.following(new Predecessor(run.value(), run.value(), 1, 0));
    Parent parent = now == null ? null : now.parent();
    return new Draft(
        null,
        draft.occurredAt(),
        new RunFact.Continued(
            other(run).value(),
            List.of(1L, 2L, 4L),
            new Birth(parent == null ? next : next.childOf(parent), random.nextBoolean())));
  }

  private RunId other(RunId run) {
    RunId next = runs.get();
    while (next.equals(run)) {
      next = runs.get();
    }
    return next;
  }
}
