package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.event.Birth;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.rules.AsStored;
import dev.fantasticfour.world.core.rules.Ruling;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an owner says of children in a batch that goes the quick way: it starts some under no key,
 * and asks some to cancel themselves.
 */
final class SupposedChildren {

  private final Batch batch;
  private final Map<String, Birth> births = new HashMap<>();

  SupposedChildren(Batch batch) {
    this.batch = batch;
    for (Draft draft : batch.drafts()) {
      Birth birth = birth(draft);
      if (birth != null && draft.correlationId() != null) {
        births.put(draft.correlationId(), birth);
      }
    }
  }

  private static @Nullable Birth birth(Draft draft) {
    return draft.fact() instanceof ChildFact.Created child ? child.birth() : null;
  }

  /** Whether it is one of the two things, and an owner says it. */
  boolean isPlain(Draft draft) {
    return batch.authority() instanceof Authority.Owner
        && switch (draft.fact()) {
          case ChildFact.Created f -> f.birth() != null && f.birth().creation().runKey() == null;
          case ChildFact.CancelRequested f -> true;
          default -> false;
        };
  }

  /**
   * What the store looks at before a child comes to be.
   *
   * @param draft as it is stored, that is without what the child is created from
   */
  Line.Supposes supposes(Draft draft) {
    Birth birth = births.get(draft.correlationId());
    boolean inherits =
        birth != null
            && birth.inheritsPin()
            && draft.fact() instanceof ChildFact.Created child
            && child.application() == null;
    // It is pinned as its parent is: what that comes to is for the judgement to say.
    return inherits ? Line.Supposes.UNPINNED : Line.Supposes.NOTHING;
  }

  /** The runs that come to be, each with the first event of its log. */
  List<Addition> born() {
    return births.isEmpty()
        ? List.of()
        : batch.drafts().stream().filter(draft -> birth(draft) != null).map(this::born).toList();
  }

  private Addition born(Draft draft) {
    ChildFact.Created child = (ChildFact.Created) draft.fact();
    Birth birth = Objects.requireNonNull(child.birth());
    Draft created = new Draft(null, draft.occurredAt(), birth.creation());
    return Addition.born(
        batch,
        new RunId(child.childRun()),
        List.of(
            new Line(
                new Ruling.Entry(AsStored.draft(created), Event.NOT_BY_OWNER),
                Line.Supposes.NOTHING,
                0)));
  }
}
