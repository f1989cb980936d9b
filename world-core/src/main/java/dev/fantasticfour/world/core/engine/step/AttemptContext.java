package dev.fantasticfour.world.core.engine.step;

import dev.fantasticfour.world.api.error.AttemptEndedException;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.StepContext;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.api.workflow.StreamWriter;
import dev.fantasticfour.world.api.workflow.ValueType;
import dev.fantasticfour.world.core.engine.program.AuthorLogger;
import dev.fantasticfour.world.core.engine.stream.AttemptWriter;
import dev.fantasticfour.world.core.engine.stream.StepStreams;
import dev.fantasticfour.world.core.port.LiveStreams;
import java.time.Instant;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** What one attempt of a step may know and use. */
final class AttemptContext implements StepContext {

  private final Attempt attempt;
  private final StepStreams streams;
  private final Queue<AttemptWriter<?>> writers = new ConcurrentLinkedQueue<>();
  private final int writer;
  private final @Nullable Instant deadline;
  private final Life life;

  /** An attempt that begins now. */
  AttemptContext(Attempt attempt, StepStreams streams, @Nullable Instant deadline, Life life) {
    this.attempt = attempt;
    this.streams = streams;
    this.writer = attempt.writer().getAsInt();
    this.deadline = deadline;
    this.life = life;
  }

  /** Whether anybody waits for the attempt, and who is told that it is alive. */
  interface Life {

    /** Why nobody waits for it any more; null while somebody does. */
    AttemptEndedException.@Nullable Reason ended();

    /** It is alive. */
    void heard();
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
  public int lostAttempts() {
    return attempt.lost();
  }

  @Override
  public boolean cancelled() {
    return life.ended() != null;
  }

  @Override
  public void heartbeat() {
    AttemptEndedException.Reason ended = life.ended();
    if (ended != null) {
      throw new AttemptEndedException(attempt.stepName(), attempt.number(), ended);
    }
    life.heard();
  }

  @Override
  public void heartbeat(Object progress) {
    say(progress, typeOf(progress));
  }

  @Override
  public <P> void heartbeat(P progress, ValueType<P> type) {
    say(progress, type);
  }

  private <P> void say(P progress, ValueType<P> type) {
    heartbeat();
    attempt.progress().say(progress, type);
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // callers that know no null annotations
  private static ValueType<Object> typeOf(Object progress) {
    if (progress == null) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          "the progress of a step must not be null; call heartbeat() to say nothing new");
    }
    return ValueType.of((Class<Object>) progress.getClass());
  }

  @Override
  public <P> Optional<P> progress(ValueType<P> type) {
    return attempt.progress().before(type);
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

  /**
   * Whether a chunk, or its progress, was refused with that because it is no value that can be
   * written down.
   */
  boolean hasRefused(Throwable thrown) {
    return attempt.progress().hasRefused(thrown)
        || writers.stream().anyMatch(writer -> writer.hasRefused(thrown));
  }

  /**
   * The attempt has ended; waits until what it wrote to streams is stored.
   *
   * @return false when it is not, because this process closes
   */
  boolean end() {
    boolean isStored = true;
    for (AttemptWriter<?> writer : writers) {
      isStored &= writer.close(this::cancelled);
    }
    return isStored;
  }
}
