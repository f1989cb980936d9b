package dev.fantasticfour.world.postgres.attack;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Says everything again until it is answered, as the port promises it is safe. */
final class Caller {

  /**
   * For a list of batches that are judged fifty requests have to get through, of which one in 25 is
   * cut.
   */
  private static final int TRIES = 400;

  private final Storage storage;

  Caller(Storage storage) {
    this.storage = storage;
  }

  <T> T ask(Function<Storage, T> question) {
    for (int i = 1; ; i++) {
      try {
        return question.apply(storage);
      } catch (WorldException e) {
        if (e.code() != ErrorCode.UNAVAILABLE || i == TRIES) {
          throw e;
        }
      }
    }
  }

  /** The answer to each batch; what was locked is sent again, alone. */
  List<AppendResult> append(List<Batch> batches) {
    List<AppendResult> results = new ArrayList<>(ask(s -> s.append(batches)));
    for (int i = 0; i < results.size(); i++) {
      if (results.get(i) instanceof AppendResult.Busy) {
        Batch alone = batches.get(i);
        results.set(i, ask(s -> s.append(List.of(alone))).getFirst());
      }
    }
    return results;
  }
}
