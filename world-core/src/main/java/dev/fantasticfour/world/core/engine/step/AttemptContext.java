package dev.fantasticfour.world.core.engine.step;

import dev.fantasticfour.world.api.workflow.StepContext;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.api.workflow.StreamWriter;
import dev.fantasticfour.world.core.engine.run.AuthorLogger;
import dev.fantasticfour.world.core.engine.stream.AttemptWriter;
import dev.fantasticfour.world.core.engine.stream.StepStreams;
import dev.fantasticfour.world.core.port.Streamer;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What one attempt of a step may know and use. */
final class AttemptContext implements StepContext {

  private final Attempt attempt;
  private final StepStreams streams;
  private final Queue<AttemptWriter<?>> writers = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Instant deadline;
  private volatile BooleanSupplier cancelled = () -> false;

  AttemptContext(Attempt attempt, StepStreams streams) {
    this.attempt = attempt;
    this.streams = streams;
  }

  void begin(Instant now, BooleanSupplier isCancelled) {
    cancelled = isCancelled;
    Duration limit = attempt.timeout();
    deadline = limit == null ? null : now.plus(limit);
  }

  @Nullable Duration timeout() {
    return attempt.timeout();
  }

  @Override
  public String runId() {
    return attempt.run().value();
  }

  @Override
  public String stepId() {
    return attempt.stepId();
  }

  @Override
  public String stepName() {
    return attempt.stepName();
  }

  @Override
  public String idempotencyKey() {
    // The id's random part is a hash over run, branch, name and occurrence: unique over all runs.
    return attempt.stepId();
  }

  @Override
  public int attempt() {
    return attempt.number();
  }

  @Override
  public @Nullable Instant deadline() {
    return deadline;
  }

  @Override
  public boolean cancelled() {
    return cancelled.getAsBoolean();
  }

  @Override
  public System.Logger logger() {
    return AuthorLogger.ofStep(attempt.stepName(), runId(), attempt.number());
  }

  @Override
  public <C> StreamWriter<C> stream(StreamType<C> type) {
    Streamer.Writer writer = new Streamer.Writer(attempt.stepId(), attempt.writer());
    AttemptWriter<C> opened = streams.writer(attempt.run(), writer, type, attempt.streamUsed());
    writers.add(opened);
    return opened;
  }

  /**
   * The attempt has ended; waits until what it wrote to streams is stored.
   *
   * @return false when it is not, because this process closes
   */
  boolean end() {
    boolean isStored = true;
    for (AttemptWriter<?> writer : writers) {
      isStored &= writer.close(cancelled);
    }
    return isStored;
  }
}
