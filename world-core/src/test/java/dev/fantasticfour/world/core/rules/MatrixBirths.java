package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.event.Birth;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.run.Parent;
import dev.fantasticfour.world.api.run.Predecessor;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Draft;
import java.util.Objects;

/** Drafts with which other runs come to be, made to fit the run that they are tried on. */
final class MatrixBirths {

  private MatrixBirths() {}

  static Draft bound(RunId run, Draft draft) {
    return switch (draft.fact()) {
      case ChildFact.Created f -> child(run, draft, f);
      case RunFact.Continued f -> continued(run, draft, f);
      default -> draft;
    };
  }

  private static Draft child(RunId run, Draft draft, ChildFact.Created f) {
    String id = Objects.requireNonNull(draft.correlationId());
    Parent parent = new Parent(run.value(), id, f.closePolicy(), run.value(), 1);
    Fact.RunCreated creation = MatrixStates.created(null).childOf(parent);
    return new Draft(
        id,
        draft.occurredAt(),
        new ChildFact.Created(
            f.site(),
            run.value() + "_child",
            creation.workflow(),
            f.closePolicy(),
            null,
            new Birth(creation, false)));
  }

  private static Draft continued(RunId run, Draft draft, RunFact.Continued f) {
    Fact.RunCreated creation =
        MatrixStates.created(null).following(new Predecessor(run.value(), run.value(), 1, 0));
    return new Draft(
        null,
        draft.occurredAt(),
        new RunFact.Continued(run.value() + "_next", f.carried(), new Birth(creation, false)));
  }
}
