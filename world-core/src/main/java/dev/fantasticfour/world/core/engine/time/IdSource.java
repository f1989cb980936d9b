package dev.fantasticfour.world.core.engine.time;

import com.github.f4b6a3.ulid.Ulid;
import com.github.f4b6a3.ulid.UlidFactory;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;

/**
 * Makes ids that nothing else determines: of runs, batches, messages and workers. Ids of steps,
 * hooks and waits are computed instead (law L6).
 *
 * <p>ULIDs, monotonic within one source: ids made one after the other sort in that order, which
 * keeps the indexes of a store dense, and random bits are drawn once per millisecond only. An id is
 * unique over all processes, is no secret, and its order says nothing about the order of a log (law
 * L2). Safe for any number of threads.
 */
public final class IdSource {

  private static final String MESSAGE = "msg_";

  private final UlidFactory ulids;

  private IdSource(UlidFactory ulids) {
    this.ulids = ulids;
  }

  /** Ids for real use, from the clock and the chance of that machine. */
  public static IdSource of(Machine machine) {
    return new IdSource(
        UlidFactory.newMonotonicInstance(
            machine.chance()::bytes, () -> machine.instant().toEpochMilli()));
  }

  /** The same ids in every run of a test. */
  public static IdSource seeded(long seed, InstantSource clock) {
    return new IdSource(UlidFactory.newMonotonicInstance(new Random(seed), clock::millis));
  }

  /** The id of a new run. */
  public RunId run() {
    return new RunId(RunId.PREFIX + ulids.create());
  }

  /** The id of a new batch, kept over all repetitions of it. */
  public String batch() {
    return Batch.PREFIX + ulids.create();
  }

  /** The id of a new update that its sender gives none. */
  public String update() {
    return "updt_" + ulids.create();
  }

  /** The id of a new queue message. */
  public String message() {
    return MESSAGE + ulids.create();
  }

  /** When a message was made, as its id says; empty when another than this made it. */
  public static Optional<Instant> madeAt(String messageId) {
    String ulid = messageId.startsWith(MESSAGE) ? messageId.substring(MESSAGE.length()) : "";
    return Ulid.isValid(ulid) ? Optional.of(Ulid.getInstant(ulid)) : Optional.empty();
  }

  /** The id of a new incarnation of this process. */
  public WorkerId worker() {
    return new WorkerId(WorkerId.PREFIX + ulids.create());
  }
}
