package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.ChildRecord;
import dev.fantasticfour.world.api.run.ChildStatus;
import dev.fantasticfour.world.api.run.ClosePolicy;
import dev.fantasticfour.world.api.run.RunId;
import org.jspecify.annotations.Nullable;

/** The record of one child as the fold of the events about it. */
final class ChildFold {

  private ChildFold() {}

  /** After one more event; null while there is no child, as after a conflict. */
  static @Nullable ChildRecord after(@Nullable ChildRecord before, Event event, ChildFact fact) {
    return switch (fact) {
      case ChildFact.Created f -> open(event, f.childRun(), f.workflow(), f.closePolicy());
      case ChildFact.Carried f -> open(event, f.childRun(), f.workflow(), f.closePolicy());
      case ChildFact.Conflict f -> before;
      case ChildFact.CancelRequested f -> before;
      case ChildFact.Completed f -> over(before, event, ChildStatus.COMPLETED);
      case ChildFact.Failed f -> over(before, event, ChildStatus.FAILED);
      case ChildFact.Cancelled f -> over(before, event, ChildStatus.CANCELLED);
    };
  }

  private static ChildRecord open(
      Event event, String childRun, String workflow, ClosePolicy closePolicy) {
    return new ChildRecord(
        event.run(),
        String.valueOf(event.correlationId()),
        new RunId(childRun),
        workflow,
        closePolicy,
        ChildStatus.OPEN,
        event.createdAt(),
        null);
  }

  private static @Nullable ChildRecord over(
      @Nullable ChildRecord before, Event event, ChildStatus status) {
    return before == null
        ? null
        : new ChildRecord(
            before.run(),
            before.childId(),
            before.childRun(),
            before.workflow(),
            before.closePolicy(),
            status,
            before.createdAt(),
            event.createdAt());
  }
}
