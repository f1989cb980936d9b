package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.UpdateHandle;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.client.UpdateAnswer.Key;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A handle to one update. Holds its id, and no state. */
final class UpdateAsk<R> implements UpdateHandle<R> {

  private final Updating updating;
  private final Key update;
  private final String taskQueue;
  private final UpdateOutcome<R> outcome;

  /**
   * @param taskQueue the run's
   */
  UpdateAsk(Updating updating, Key update, String taskQueue, UpdateOutcome<R> outcome) {
    this.updating = updating;
    this.update = update;
    this.taskQueue = taskQueue;
    this.outcome = outcome;
  }

  @Override
  public String id() {
    return update.id();
  }

  @Override
  public String runId() {
    return update.run().value();
  }

  @Override
  public @Nullable R result(Duration timeout) {
    CompletableFuture<UpdateAnswer> answer = updating.watch().of(update, taskQueue);
    updating.watch().look(update);
    return await(answer, timeout);
  }

  /** Waits for an answer that somebody waits for already, and no longer. */
  @Nullable R await(CompletableFuture<UpdateAnswer> answer, Duration timeout) {
    try {
      return outcome.of(
          updating.machine().await(answer, timeout)
              ? WaitFailures.valueOf(answer)
              : lastLook(timeout));
    } catch (InterruptedException e) {
      throw WaitFailures.interrupted(update.run(), e);
    } finally {
      answer.cancel(false);
    }
  }

  /** There may be an answer, and if not, whoever waited should learn what keeps it. */
  private UpdateAnswer lastLook(Duration waited) {
    UpdateAnswer answer = updating.look().apply(update);
    if (answer != null) {
      return answer;
    }
    throw new WorldException(
        ErrorCode.TIMED_OUT,
        "update '"
            + update.id()
            + "' of run "
            + update.run()
            + " has no answer within "
            + waited
            + " (of the run: "
            + updating.doing().apply(update.run())
            + "); it goes on, and asking again under its id gets its answer");
  }

  @Override
  public String toString() {
    return "update " + update.id() + " of run " + update.run();
  }
}
