package dev.fantasticfour.world.core.engine.step;

import dev.fantasticfour.world.api.workflow.StepContext;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.api.workflow.StreamWriter;
import dev.fantasticfour.world.core.engine.program.AuthorLogger;
import dev.fantasticfour.world.core.engine.stream.AttemptWriter;
import dev.fantasticfour.world.core.engine.stream.StepStreams;
import dev.fantasticfour.world.core.port.LiveStreams;
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
  private final int writer;
  private final @Nullable Instant deadline;
  private final BooleanSupplier cancelled;

  /** An attempt that begins now. */
  AttemptContext(
      Attempt attempt, StepStreams streams, @Nullable Instant deadline, BooleanSupplier cancelled) {
    this.attempt = attempt;
    this.streams = streams;
    this.writer = attempt.writer().getAsInt();
    this.deadline = deadline;
    this.cancelled = cancelled;
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
    LiveStreams.Writer by = new LiveStreams.Writer(attempt.stepId(), writer);
    AttemptWriter<C> opened = streams.writer(attempt.run(), by, type, attempt.streamUsed());
    writers.add(opened);
    return opened;
  }

  /** Whether a chunk was refused with that because it is no value that can be written down. */
  boolean hasRefused(Throwable thrown) {
    return writers.stream().anyMatch(writer -> writer.hasRefused(thrown));
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
