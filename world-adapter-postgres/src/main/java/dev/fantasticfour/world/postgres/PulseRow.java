package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.RunCustody.HeldRun;
import dev.fantasticfour.world.core.port.RunCustody.Pulse;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An answered heartbeat.
 *
 * @param dead the ids of the workers it declared dead, between commas, or null
 * @param drained whether the build of the worker is
 * @param held open runs of the worker that are held, each with its epoch, between commas, or null
 * @param prunes whether a round of deleting is due
 * @param first whether no living worker has a lower id
 */
record PulseRow(
    Instant storeTime,
    @Nullable String dead,
    boolean drained,
    @Nullable String held,
    boolean prunes,
    boolean first) {

  Pulse pulse() {
    return new Pulse(storeTime, deadWorkers(), drained, heldRuns(), prunes, first);
  }

  private List<HeldRun> heldRuns() {
    return held == null
        ? List.of()
        : Stream.of(held.split(",", -1)).map(PulseRow::heldRun).toList();
  }

  private static HeldRun heldRun(String text) {
    String[] parts = text.split(" ", 2);
    return new HeldRun(new RunId(parts[0]), Long.parseLong(parts[1]));
  }

  private List<WorkerId> deadWorkers() {
    return dead == null ? List.of() : Stream.of(dead.split(",", -1)).map(WorkerId::new).toList();
  }
}
