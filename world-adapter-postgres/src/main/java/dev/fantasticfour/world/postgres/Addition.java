package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.rules.RunState;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A batch as append_v1 takes it: what it finds, if it is to stand, and what it adds to the log.
 *
 * @param run null when it is found by the token
 * @param token of a hook of the run; null when the run is known
 * @param owner who must own the run, in that epoch; of a creation, who does from then on; null when
 *     anybody may
 * @param end where the log must end; null = anywhere. Of a creation, where it was claimed
 * @param due when the run is due next; of an owner's batch only
 * @param phases in which the run may be: p and r, capital when it was never claimed
 * @param lines what is added, about each hook or wait one; at least one
 * @param born creations of runs that come to be with it, or none of it is written
 * @param isBorn whether it is one of these
 * @param isAged whether its run may be older than a run that is created now
 */
record Addition(
    Batch batch,
    @Nullable RunId run,
    @Nullable String token,
    @Nullable String owner,
    long epoch,
    @Nullable Long end,
    Due due,
    String phases,
    List<Line> lines,
    List<Addition> born,
    boolean isBorn,
    boolean isAged) {

  Addition {
    lines = List.copyOf(lines);
    born = List.copyOf(born);
  }

  /** That and what comes to be with it, in the order in which append_v1 counts them. */
  Stream<Addition> withBorn() {
    return Stream.concat(Stream.of(this), born.stream());
  }

  /** The creation of a run in the unit of a batch for another one, which nobody has yet. */
  static Addition born(Batch batch, RunId run, List<Line> lines) {
    return new Addition(batch, run, null, null, 0, 0L, Due.NOW, "", lines, List.of(), true, false);
  }

  /** The status of the run after it; null when that stays what it was. */
  @Nullable RunStatus status() {
    RunStatus status = null;
    for (Line line : lines) {
      EventType type = line.entry().draft().fact().type();
      if (type == EventType.RUN_CREATED || type == EventType.RUN_STARTED || type.endsRun()) {
        status = RunState.statusAfter(RunStatus.PENDING, type);
      }
    }
    return status;
  }
}
