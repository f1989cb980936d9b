package dev.fantasticfour.world.tck.storage;

import dev.fantasticfour.world.api.event.Birth;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.ClosePolicy;
import dev.fantasticfour.world.api.run.Parent;
import dev.fantasticfour.world.api.run.Predecessor;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Draft;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Drafts with which other runs come to be: children and successors. */
final class Kin {

  private Kin() {}

  /** A child at the top of the tree below a run. */
  static Draft child(RunId parent, String id, RunId child, ClosePolicy policy) {
    return child(parent, id, child, policy, Drafts.creation("child"));
  }

  static Draft child(
      RunId parent, String id, RunId child, ClosePolicy policy, Fact.RunCreated creation) {
    return child(new Parent(parent.value(), id, policy, parent.value(), 1), child, creation, false);
  }

  /**
   * @param of says whose child it is, and which
   * @param unpinned whether any build may have it
   */
  static Draft child(Parent of, RunId child, Fact.RunCreated creation, boolean unpinned) {
    return Drafts.of(
        of.child(),
        new ChildFact.Created(
            new Site(creation.workflow(), "", 0),
            child.value(),
            creation.workflow(),
            of.closePolicy(),
            null,
            new Birth(creation.childOf(of), unpinned)));
  }

  /** A run goes on in the place of another, which was the first of its chain. */
  static Draft continued(RunId run, RunId next, Fact.RunCreated creation, List<Long> carried) {
    Predecessor before = new Predecessor(run.value(), run.value(), 1, 0);
    return Drafts.of(
        null,
        new RunFact.Continued(next.value(), carried, new Birth(creation.following(before), false)));
  }

  /** The same draft for that run, whatever run it was made for; runs that come to be are fresh. */
  static Draft bound(RunId run, Draft draft) {
    return switch (draft.fact()) {
      case ChildFact.Created f when f.birth() != null ->
          child(
              run,
              Objects.requireNonNull(draft.correlationId()),
              fresh(),
              f.closePolicy(),
              f.birth().creation());
      case RunFact.Continued f when f.birth() != null ->
          continued(run, fresh(), f.birth().creation(), f.carried());
      default -> draft;
    };
  }

  private static RunId fresh() {
    return new RunId(RunId.PREFIX + Fresh.ulid(Instant.now()));
  }

  /** What the log of a run says of children. */
  static List<ChildFact> ofChildren(List<Event> log) {
    return log.stream()
        .map(Event::fact)
        .filter(ChildFact.class::isInstance)
        .map(ChildFact.class::cast)
        .toList();
  }
}
