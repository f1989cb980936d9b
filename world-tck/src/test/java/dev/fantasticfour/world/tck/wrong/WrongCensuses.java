package dev.fantasticfour.world.tck.wrong;

import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import java.time.Duration;
import java.util.Optional;

/** The ways to count what a store holds, and not quite. */
final class WrongCensuses {

  private WrongCensuses() {}

  /** What somebody looks after, or nobody can, is overdue as well. */
  static Storage takingAllThatIsOpenForOverdue(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public Counts census() {
        Counts counts = super.census();
        return new Counts(
            counts.open(),
            counts.stalled(),
            counts.failed(),
            counts.open(),
            counts.overdueFor(),
            counts.workers(),
            counts.bytes());
      }
    };
  }

  /** What stands is not counted. */
  static Storage passingOverWhatStands(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public Counts census() {
        Counts counts = super.census();
        return new Counts(
            counts.open() - counts.stalled(),
            0,
            counts.failed(),
            counts.overdue(),
            counts.overdueFor(),
            counts.workers(),
            counts.bytes());
      }
    };
  }

  /** Every worker is told that it is the first. */
  static Storage withManyFirst(Storage inner) {
    return new ForwardingStorage(inner) {
      @Override
      public Optional<Pulse> beat(WorkerId worker, Duration lease, boolean judge) {
        return super.beat(worker, lease, judge)
            .map(
                pulse ->
                    new Pulse(
                        pulse.storeTime(),
                        pulse.dead(),
                        pulse.drained(),
                        pulse.held(),
                        pulse.prunes(),
                        true));
      }
    };
  }
}
