package dev.fantasticfour.world.core.engine.append;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.time.Backoff;
import dev.fantasticfour.world.core.engine.time.Deadline;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.engine.time.Permits;
import dev.fantasticfour.world.core.engine.time.UnexpectedFailure;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Storage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends batches of many runs in few calls of the store (group commit).
 *
 * <p><b>Order.</b> Batches of one run are appended in the order in which they were given: a run
 * always uses the same lane. A batch for a hook token is ordered among those for that token only.
 *
 * <p><b>Repetition.</b> While the store cannot answer, a batch is repeated with the same id until
 * it is answered, given up by its caller, or the pump is closed. A repeated batch that had been
 * accepted answers {@link AppendResult.Repeated}; {@link AppendResult.Busy} is never answered here:
 * a locked run waits in a slow lane of its own, and nobody waits behind it but its own batches.
 *
 * <p><b>Threads.</b> Any number of callers. {@link #append} never blocks, because it is called
 * under the locks of runs and from the answers of other batches, where waiting for room would be a
 * deadlock; what bounds it is that a run has few batches open and a node a bounded number of runs.
 * Clients are not bounded that way, so {@link #appendNow} waits for room. Answers are completed on
 * the thread of a lane: dependents must be quick and never call {@link #appendNow} (refused with
 * {@link IllegalStateException}).
 */
public final class AppendPump implements Appender {

  private static final Logger LOG = LoggerFactory.getLogger(AppendPump.class);

  /** How long closing waits for calls that are in flight. */
  private static final Duration CLOSING = Duration.ofSeconds(10);

  private final Machine machine;
  private final Repetition repetition;
  private final SlowLane slow;
  private final List<Lane> lanes;
  private final Permits room;

  /** A pump of the default width. */
  public AppendPump(Storage storage, Machine machine) {
    this(storage, machine, PumpLimits.DEFAULT);
  }

  /** A pump of that width. */
  public AppendPump(Storage storage, Machine machine, PumpLimits limits) {
    this(
        storage,
        machine,
        limits,
        Backoff.between(Duration.ofMillis(100), Duration.ofSeconds(2))
            .random(machine.chance()::jitter));
  }

  /**
   * A pump of that width.
   *
   * @param backoff between repetitions
   */
  public AppendPump(Storage storage, Machine machine, PumpLimits limits, Backoff backoff) {
    this.machine = machine;
    this.repetition = new Repetition(machine, backoff);
    this.slow = new SlowLane(storage, machine, repetition, limits.slow());
    this.lanes =
        IntStream.range(0, limits.lanes())
            .mapToObj(number -> new Lane(number, storage, machine, limits, repetition, slow))
            .toList();
    this.room = new Permits(machine, limits.callers());
    lanes.forEach(Lane::start);
  }

  /**
   * {@inheritDoc}
   *
   * <p>It is appended as soon as its lane is free.
   *
   * @return the answer; it fails with a {@link WorldException}: {@code CLOSED}, or whatever the
   *     store refused the batch with for good, but never {@code UNAVAILABLE}. Completing or
   *     cancelling it gives the batch up: it is not repeated any more, and may or may not have been
   *     appended
   */
  @Override
  public CompletableFuture<AppendResult> append(Batch batch) {
    PendingBatch pending = new PendingBatch(batch);
    laneOf(pending).offer(pending);
    return pending.answer();
  }

  /**
   * Appends a batch and waits for the answer.
   *
   * @param patience how long to wait for room, for the call and its repetitions together
   * @throws WorldException {@code THROTTLED} when there was no room: nothing was appended; {@code
   *     UNAVAILABLE} when no answer came in time, or the caller was interrupted: it may or may not
   *     have been appended, and repeating it with the same id is safe; {@code CLOSED}; or whatever
   *     the store refused the batch with
   */
  @Override
  public AppendResult appendNow(Batch batch, Duration patience) {
    if (lanes.stream().anyMatch(Lane::isCurrent)) {
      throw new IllegalStateException(
          "batch "
              + batch.id()
              + " was appended from the answer to another batch, which would wait for itself; use"
              + " append");
    }
    Deadline deadline = Deadline.in(machine, patience);
    awaitRoom(batch, deadline);
    try {
      PendingBatch pending = new PendingBatch(batch);
      laneOf(pending).offer(pending);
      return await(pending, deadline, patience);
    } finally {
      room.giveBack();
    }
  }

  /**
   * Takes nothing more, lets calls in flight finish for up to 10 seconds, and fails everything else
   * with {@code CLOSED}. Idempotent. The store stays open.
   */
  @Override
  public void close() {
    lanes.forEach(Lane::close);
    repetition.stop();
    Deadline deadline = Deadline.in(machine, CLOSING);
    try {
      boolean ended = true;
      for (Lane lane : lanes) {
        ended &= lane.isCurrent() || lane.awaitEnd(deadline.left());
      }
      ended &= slow.awaitEmpty(deadline.left());
      if (!ended) {
        LOG.warn(
            "Closed while the store still had not answered an append; it may or may not be done.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether none of its calls of the store has been under way for longer than that. */
  public boolean isMoving(Duration within) {
    return lanes.stream().allMatch(lane -> lane.isMoving(within));
  }

  /** What has the same key goes the same way, so that its order is kept. */
  private Lane laneOf(PendingBatch pending) {
    int hash = pending.key().hashCode() * 0x9E3779B9;
    return lanes.get(Math.floorMod(hash >>> 16, lanes.size()));
  }

  private void awaitRoom(Batch batch, Deadline deadline) {
    try {
      if (!room.take(deadline.left())) {
        throw new WorldException(
            ErrorCode.THROTTLED,
            "batch "
                + batch.id()
                + " was not appended: too many callers wait for the store already; try again"
                + " later");
      }
    } catch (InterruptedException e) {
      throw interrupted(batch, e);
    }
  }

  private AppendResult await(PendingBatch pending, Deadline deadline, Duration patience) {
    CompletableFuture<AppendResult> answer = pending.answer();
    try {
      if (!machine.await(answer, deadline.left()) && answer.cancel(false)) {
        throw unanswered(pending, patience);
      }
    } catch (InterruptedException e) {
      answer.cancel(false);
      throw interrupted(pending.batch(), e);
    }
    if (answer.isCompletedExceptionally()) {
      throw UnexpectedFailure.rethrown(
          answer.exceptionNow(), "batch " + pending.batch().id() + " was not answered");
    }
    return answer.resultNow();
  }

  private static WorldException unanswered(PendingBatch pending, Duration patience) {
    WorldException last = pending.lastFailure();
    return new WorldException(
        ErrorCode.UNAVAILABLE,
        "the store did not answer batch "
            + pending.batch().id()
            + " within "
            + patience
            + (last == null ? "" : " (" + last.getMessage() + ")")
            + "; it may or may not have been appended, repeating it with the same id is safe",
        last);
  }

  private static WorldException interrupted(Batch batch, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new WorldException(
        ErrorCode.UNAVAILABLE,
        "interrupted while waiting for the store's answer to batch "
            + batch.id()
            + "; it may or may not have been appended, repeating it with the same id is safe",
        e);
  }
}
