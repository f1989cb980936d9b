package dev.fantasticfour.world.core.engine.append;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.time.Refusals;
import dev.fantasticfour.world.core.engine.time.ThreadEnd;
import dev.fantasticfour.world.core.engine.time.UnexpectedFailure;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Storage;
import java.util.List;

/** One call of the store, with whatever it may throw brought to one type. */
final class StoreCall {

  private StoreCall() {}

  /**
   * Appends.
   *
   * @return one result per batch
   * @throws WorldException which may pass ({@link Refusals}) or not
   */
  static List<AppendResult> append(Storage storage, List<Batch> batches) {
    List<AppendResult> results;
    try {
      results = storage.append(batches);
    } catch (ThreadEnd e) {
      throw e;
    } catch (RuntimeException | Error e) {
      // The lane must live on, whatever an adapter throws.
      throw UnexpectedFailure.of("an append of " + ids(batches), e);
    }
    if (results.size() != batches.size()) {
      throw new WorldException(
          ErrorCode.CONTRACT_VIOLATION,
          "the store gave " + results.size() + " results for an append of " + ids(batches));
    }
    return results;
  }

  /**
   * Whether asking again may be right: nobody expects that failure, so that it may be a moment's,
   * and it is open whether the batch is appended.
   */
  static boolean isBug(WorldException failure) {
    return failure.code().kind() == ErrorCode.Kind.BUG;
  }

  private static String ids(List<Batch> batches) {
    return batches.size() == 1
        ? "batch " + batches.getFirst().id()
        : batches.size() + " batches, the first being " + batches.getFirst().id();
  }
}
