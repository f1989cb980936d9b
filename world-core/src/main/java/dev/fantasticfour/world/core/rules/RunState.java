package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.port.WorkerId;
import org.jspecify.annotations.Nullable;

/** What the rules need to know of a run. */
public sealed interface RunState {

  /** There is no such run. */
  record Absent() implements RunState {}

  /**
   * There is one.
   *
   * @param epoch how often it was claimed; 0 = never
   * @param owner who owns it, or null
   * @param held whether somebody keeps it from going on
   */
  record Present(RunStatus status, long epoch, @Nullable WorkerId owner, boolean held)
      implements RunState {

    /** One that nobody keeps from going on. */
    public Present(RunStatus status, long epoch, @Nullable WorkerId owner) {
      this(status, epoch, owner, false);
    }

    /** Whether it was ever claimed, so that the authority table holds. */
    public boolean claimed() {
      return epoch > 0;
    }

    /** Whether that worker owns it in that epoch. */
    public boolean isOwnedBy(WorkerId worker, long inEpoch) {
      return worker.equals(owner) && epoch == inEpoch;
    }

    /** The state after an accepted event of that type. */
    public Present after(EventType type) {
      return new Present(RunState.statusAfter(status, type), epoch, owner, held);
    }
  }

  /** No run. */
  RunState ABSENT = new Absent();

  /** The status after an accepted event of that type. */
  static RunStatus statusAfter(RunStatus before, EventType type) {
    return switch (type) {
      case RUN_CREATED -> RunStatus.PENDING;
      case RUN_STARTED -> RunStatus.RUNNING;
      case RUN_COMPLETED -> RunStatus.COMPLETED;
      case RUN_FAILED -> RunStatus.FAILED;
      case RUN_CANCELLED, RUN_TERMINATED -> RunStatus.CANCELLED;
      // The run is over; what it was for goes on elsewhere.
      case RUN_CONTINUED -> RunStatus.COMPLETED;
      default -> before;
    };
  }
}
