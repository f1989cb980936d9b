package dev.fantasticfour.world.postgres;

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
 * @param prunes whether a round of deleting is due
 */
record PulseRow(Instant storeTime, @Nullable String dead, boolean drained, boolean prunes) {

  List<WorkerId> deadWorkers() {
    return dead == null ? List.of() : Stream.of(dead.split(",", -1)).map(WorkerId::new).toList();
  }
}
