package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.rules.RunEnd;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the end of a run, and where that has handed over, for the end of the one that goes on.
 * Safe for any number of threads.
 */
final class ChainEnd {

  private final Function<RunId, CompletableFuture<RunEnd>> first;
  private final ResultWatch results;
  private final CompletableFuture<RunEnd> last = new CompletableFuture<>();
  private volatile @Nullable CompletableFuture<RunEnd> awaited;

  /**
   * @param first how to wait for the end of the run that is asked for
   */
  ChainEnd(Function<RunId, CompletableFuture<RunEnd>> first, ResultWatch results) {
    this.first = first;
    this.results = results;
  }

  /** The end of the last run. Cancel the future to wait no longer. */
  CompletableFuture<RunEnd> of(RunId run) {
    last.whenComplete((end, thrown) -> stop());
    follow(first.apply(run));
    return last;
  }

  private void follow(CompletableFuture<RunEnd> next) {
    awaited = next;
    if (last.isDone()) {
      next.cancel(false);
      return;
    }
    next.whenComplete(
        (end, thrown) -> {
          if (thrown != null) {
            last.completeExceptionally(thrown);
          } else if (end.next() == null) {
            last.complete(end);
          } else {
            follow(results.of(end.next()));
          }
        });
  }

  private void stop() {
    CompletableFuture<RunEnd> current = awaited;
    if (current != null) {
      current.cancel(false);
    }
  }
}
