package dev.fantasticfour.world.api.event;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.run.ClosePolicy;
import org.jspecify.annotations.Nullable;

/** What the log of a run says about a run that it started. */
public sealed interface ChildFact extends Fact {

  /**
   * A child exists: this event and its {@code run_created} are one unit.
   *
   * @param childRun its run id
   * @param workflow its workflow
   * @param closePolicy what becomes of it when this run ends before it
   * @param application whose workers execute it; null = those of this run
   * @param birth how its run begins, in the same unit. Never stored on this event
   */
  record Created(
      Site site,
      String childRun,
      String workflow,
      ClosePolicy closePolicy,
      @Nullable String application,
      @Nullable Birth birth)
      implements ChildFact {

    /** As it stands in the log. */
    public Created(
        Site site,
        String childRun,
        String workflow,
        ClosePolicy closePolicy,
        @Nullable String application) {
      this(site, childRun, workflow, closePolicy, application, null);
    }

    @Override
    public EventType type() {
      return EventType.CHILD_CREATED;
    }
  }

  /** Written by the store in place of {@link Created}: another run has the run key. */
  record Conflict(Site site, String runKey, String holdingRun) implements ChildFact {
    @Override
    public EventType type() {
      return EventType.CHILD_CONFLICT;
    }
  }

  /** The child returned; {@code result} is null when it returned nothing. */
  record Completed(String childRun, @Nullable Payload result) implements ChildFact {
    @Override
    public EventType type() {
      return EventType.CHILD_COMPLETED;
    }
  }

  /** The child failed; {@code errorCode} says in a word why. */
  record Failed(String childRun, Payload error, @Nullable String errorCode) implements ChildFact {
    @Override
    public EventType type() {
      return EventType.CHILD_FAILED;
    }
  }

  /**
   * The child was cancelled.
   *
   * @param terminated whether it was ended from outside, without asking its code
   */
  record Cancelled(String childRun, @Nullable String reason, boolean terminated)
      implements ChildFact {
    @Override
    public EventType type() {
      return EventType.CHILD_CANCELLED;
    }
  }

  /** The code asks the child to cancel itself; the child is told of it by a relay. */
  record CancelRequested(@Nullable String reason) implements ChildFact {
    @Override
    public EventType type() {
      return EventType.CHILD_CANCEL_REQUESTED;
    }
  }

  /**
   * Written by the store: an open child of the run that this one continues is a child of this run
   * now.
   */
  record Carried(String childRun, String workflow, ClosePolicy closePolicy, String fromRun)
      implements ChildFact {
    @Override
    public EventType type() {
      return EventType.CHILD_CARRIED;
    }
  }
}
