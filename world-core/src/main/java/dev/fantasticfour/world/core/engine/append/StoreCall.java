package dev.fantasticfour.world.core.engine.append;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.time.ThreadEnd;
import dev.fantasticfour.world.core.engine.time.TransientFailure;
import dev.fantasticfour.world.core.engine.time.UnexpectedFailure;
import dev.fantasticfour.world.core.observe.flight.AppendEvent;
import dev.fantasticfour.world.core.observe.flight.Flight;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call of the store as lanes can rely on it: whatever an adapter throws, an {@link Error} too, is
 * of one type, and there is an answer to every batch.
 */
final class StoreCall {

  private StoreCall() {}

  /**
   * Appends.
   *
   * @return one result per batch
   * @throws WorldException which may pass ({@link TransientFailure}) or not
   */
  static List<AppendResult> append(Storage storage, List<Batch> batches) {
    List<AppendResult> results;
    AppendEvent event = Flight.append();
    try {
      results = storage.append(batches);
    } catch (ThreadEnd e) {
      throw e;
    } catch (RuntimeException | Error e) {
      // The lane must live on, whatever an adapter throws.
      throw UnexpectedFailure.of("an append of " + ids(batches), e);
    } finally {
      if (event != null) {
        event.over(batches.size(), run(batches.getFirst()));
      }
    }
    if (results.size() != batches.size()) {
      throw new WorldException(
          ErrorCode.CONTRACT_VIOLATION,
          "the store gave " + results.size() + " results for an append of " + ids(batches));
    }
    return results;
  }

  /** The run a batch is for, where it says so. */
  private static @Nullable String run(Batch batch) {
    return batch.target() instanceof Target.OfRun target ? target.run().value() : null;
  }

  private static String ids(List<Batch> batches) {
    return batches.size() == 1
        ? "batch " + batches.getFirst().id()
        : batches.size() + " batches, the first being " + batches.getFirst().id();
  }
}
