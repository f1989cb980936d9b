package dev.fantasticfour.world.core.engine.append;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Target;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A batch on its way, and who waits for its answer. */
final class PendingBatch {

  private final Batch batch;
  private final long bytes;
  private final CompletableFuture<AppendResult> answer = new CompletableFuture<>();
  private volatile @Nullable WorldException lastFailure;

  PendingBatch(Batch batch) {
    this.batch = batch;
    this.bytes = BatchSize.of(batch);
  }

  Batch batch() {
    return batch;
  }

  long bytes() {
    return bytes;
  }

  CompletableFuture<AppendResult> answer() {
    return answer;
  }

  /** What keeps its order: the run, or the token while nobody knows the run. */
  Object key() {
    return switch (batch.target()) {
      case Target.OfRun target -> target.run();
      case Target.OfHook target -> target.token();
      case Target.OfKey target -> target;
    };
  }

  /** Whether nobody waits for it any longer: it is answered, or was given up. */
  boolean isSettled() {
    return answer.isDone();
  }

  /** Why the store has not answered it yet, if it was asked. */
  @Nullable WorldException lastFailure() {
    return lastFailure;
  }

  void failedOnce(WorldException failure) {
    lastFailure = failure;
  }

  void complete(AppendResult result) {
    answer.complete(result);
  }

  void fail(Throwable failure) {
    answer.completeExceptionally(failure);
  }

  void failClosed() {
    fail(
        new WorldException(
            ErrorCode.CLOSED,
            "batch "
                + batch.id()
                + (lastFailure == null
                    ? " was not appended: the world is closed"
                    : " may or may not have been appended: the store did not answer, and the world"
                        + " is closed"),
            lastFailure));
  }
}
