package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.append.Appender;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.engine.time.TransientFailure;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.virtual.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Appends on simulated threads: one batch a call, repeated with its id until it is answered. */
final class RepeatingAppender implements Appender {

  private final Storage storage;
  private final Machine machine;
  private final Timeline timeline;

  RepeatingAppender(Storage storage, Machine machine, Timeline timeline) {
    this.storage = storage;
    this.machine = machine;
    this.timeline = timeline;
  }

  @Override
  public CompletableFuture<AppendResult> append(Batch batch) {
    CompletableFuture<AppendResult> answer = new CompletableFuture<>();
    machine.start(
        "append",
        () -> {
          try {
            answer.complete(appendNow(batch, Duration.ofDays(1)));
          } catch (WorldException e) {
            answer.completeExceptionally(e);
          }
        });
    return answer;
  }

  @Override
  public AppendResult appendNow(Batch batch, Duration patience) {
    long until = timeline.now() + patience.toNanos();
    while (true) {
      try {
        return storage.append(List.of(batch)).getFirst();
      } catch (WorldException e) {
        if (!TransientFailure.mayPass(e) || timeline.now() >= until) {
          throw e;
        }
        timeline.sleep(Duration.ofMillis(200 + (long) (machine.chance().jitter() * 1_000)));
      }
    }
  }

  @Override
  public void close() {}
}
