package dev.fantasticfour.world.core.engine.stream;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.time.Deadline;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.engine.time.UnexpectedFailure;
import dev.fantasticfour.world.core.port.LiveStreams.Read;
import dev.fantasticfour.world.core.port.LiveStreams.Reader;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * A read that ends with its run. The end of a run ends the streams that were ever written to; of
 * one that never was there is nothing to end, and nobody will ever say so to its readers.
 */
final class RunBoundReader implements Reader {

  private static final Duration SHORTEST_SLICE = Duration.ofMillis(20);
  private static final Duration LONGEST_SLICE = Duration.ofSeconds(1);

  private final Machine machine;
  private final Reader reader;
  private final CompletableFuture<?> runEnd;
  private final BooleanSupplier begun;
  private Duration slice = SHORTEST_SLICE;
  private boolean mayBeEmpty = true;
  private boolean ended;

  /**
   * @param runEnd done when the run has ended; failed when that will never be known. Cancelled when
   *     the read is closed
   * @param begun whether the stream was ever written to or ended; asked only once the run has ended
   *     and nothing came
   */
  RunBoundReader(
      Machine machine, Reader reader, CompletableFuture<?> runEnd, BooleanSupplier begun) {
    this.machine = machine;
    this.reader = reader;
    this.runEnd = runEnd;
    this.begun = begun;
  }

  @Override
  public Read next(Duration patience) throws InterruptedException {
    Deadline deadline = Deadline.in(machine, patience);
    while (!ended) {
      // What was written before the run ended is there when this is known.
      boolean runHasEnded = mayBeEmpty && hasRunEnded();
      Duration left = deadline.left();
      Read read = reader.next(left.compareTo(slice) < 0 ? left : slice);
      if (!(read instanceof Read.Nothing)) {
        mayBeEmpty = false;
        return read;
      }
      if (runHasEnded) {
        look();
      }
      if (!ended && deadline.isOver()) {
        return read;
      }
      lengthen();
    }
    return new Read.End();
  }

  private void look() {
    try {
      mayBeEmpty = !begun.getAsBoolean();
      ended = mayBeEmpty;
    } catch (WorldException e) {
      if (e.code().kind() != ErrorCode.Kind.TRANSIENT) {
        throw e;
      }
      // It cannot be said now, and is asked again after the next slice.
    }
  }

  private void lengthen() {
    if (mayBeEmpty) {
      Duration longer = slice.multipliedBy(2);
      slice = longer.compareTo(LONGEST_SLICE) < 0 ? longer : LONGEST_SLICE;
    } else {
      slice = LONGEST_SLICE;
    }
  }

  private boolean hasRunEnded() {
    if (runEnd.isCompletedExceptionally() && !runEnd.isCancelled()) {
      throw UnexpectedFailure.rethrown(
          runEnd.exceptionNow(), "waiting for the end of a run failed");
    }
    return runEnd.isDone() && !runEnd.isCancelled();
  }

  @Override
  public long life() {
    return reader.life();
  }

  @Override
  public void close() {
    runEnd.cancel(false);
    reader.close();
  }
}
