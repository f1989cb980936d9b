package dev.fantasticfour.world.core.engine.stream;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ContextMisuseException;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.api.workflow.StreamWriter;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.port.LiveStreams;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.LiveStreams.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the chunks of one attempt of a step. What is written is stored, or held in this process
 * while the streamer is away; closed when the attempt has ended, and everything is stored.
 */
public final class AttemptWriter<C> implements StreamWriter<C>, AutoCloseable {

  private final StreamSink sink;
  private final PayloadCodec codec;
  private final StreamId stream;
  private final LiveStreams.Writer writer;
  private final StreamType<C> type;
  private final Runnable used;
  private final ReentrantLock lock = new ReentrantLock();
  private State state = State.FRESH;
  private volatile @Nullable WorldException refusal;

  private enum State {
    /** Nothing was written. */
    FRESH,
    /** The stream is held. */
    WRITING,
    /** The attempt has ended. */
    CLOSED
  }

  AttemptWriter(
      StreamSink sink,
      PayloadCodec codec,
      StreamId stream,
      LiveStreams.Writer writer,
      StreamType<C> type,
      Runnable used) {
    this.sink = sink;
    this.codec = codec;
    this.stream = stream;
    this.writer = writer;
    this.type = type;
    this.used = used;
  }

  @Override
  public void writeAll(List<? extends C> chunks) {
    requireOpen();
    List<Payload> payloads = new ArrayList<>(chunks.size());
    for (C chunk : chunks) {
      payloads.add(encode(chunk));
    }
    if (payloads.isEmpty()) {
      return;
    }
    begin();
    switch (written(payloads)) {
      case null -> {}
      case Written.Stored stored -> {}
      case Written.Lost lost -> throw new IllegalStateException("nobody says which life was meant");
      case Written.Ended ended ->
          throw new WorldException(
              ErrorCode.RUN_ENDED,
              "stream '"
                  + stream.name()
                  + "' of run "
                  + stream.run()
                  + " has ended, so step "
                  + writer.stepId()
                  + " cannot write to it any more");
      case Written.Superseded superseded ->
          throw new CancellationException(
              "attempt "
                  + writer.attempt()
                  + " of step "
                  + writer.stepId()
                  + " no longer writes to stream '"
                  + stream.name()
                  + "': attempt "
                  + superseded.attempt()
                  + " has");
    }
  }

  private @Nullable Written written(List<Payload> payloads) {
    try {
      return sink.write(stream, writer, payloads);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException interrupted =
          new CancellationException("interrupted while writing to stream '" + stream.name() + "'");
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  /** The attempt writes no more. */
  @Override
  public void close() {
    boolean unused = close(() -> false);
  }

  /**
   * The attempt writes no more; what it has written is stored when this returns.
   *
   * @param isUnwanted whether nobody wants to know of the attempt any more; asked when interrupted
   * @return false when it is not, because this process stores nothing any more
   */
  public boolean close(BooleanSupplier isUnwanted) {
    return !endsWriting() || storesWhatIsWritten(isUnwanted);
  }

  /** Whether something was written that has to be stored. */
  private boolean endsWriting() {
    lock.lock();
    try {
      boolean wrote = state == State.WRITING;
      state = State.CLOSED;
      return wrote;
    } finally {
      lock.unlock();
    }
  }

  private boolean storesWhatIsWritten(BooleanSupplier isUnwanted) {
    boolean isInterrupted = false;
    try {
      while (true) {
        try {
          return sink.flush(stream, writer);
        } catch (InterruptedException e) {
          isInterrupted = true;
          if (isUnwanted.getAsBoolean()) {
            return true;
          }
        }
      }
    } finally {
      sink.letGo(stream);
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void begin() {
    lock.lock();
    try {
      requireOpen();
      if (state == State.FRESH) {
        used.run();
        sink.hold(stream);
        state = State.WRITING;
      }
    } finally {
      lock.unlock();
    }
  }

  private void requireOpen() {
    lock.lock();
    try {
      if (state == State.CLOSED) {
        throw new ContextMisuseException(
            "attempt "
                + writer.attempt()
                + " of step "
                + writer.stepId()
                + " has ended, and its writer to stream '"
                + stream.name()
                + "' writes nothing more; write inside the body, and wait there for threads that"
                + " write");
      }
    } finally {
      lock.unlock();
    }
  }

  private Payload encode(@Nullable C chunk) {
    Payload payload;
    try {
      payload = codec.encode(chunk, type.chunk());
    } catch (WorldException e) {
      throw refused(e);
    }
    if (payload == null) {
      throw refused(
          new WorldException(
              ErrorCode.INVALID_ARGUMENT,
              "a chunk of stream '" + stream.name() + "' is null; leave it out"));
    }
    return payload;
  }

  private WorldException refused(WorldException why) {
    refusal = why;
    return why;
  }

  /**
   * Whether that is what this writer last refused a chunk with: a body that lets it out has written
   * what is no value, and would do so again.
   */
  public boolean hasRefused(Throwable thrown) {
    return thrown == refusal;
  }
}
