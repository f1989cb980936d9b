package dev.fantasticfour.world.core.engine.stream;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.Streamer;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The streamer as one process sees it: away when told to, and whoever ends a stream may be held.
 */
final class CutStreamer implements Streamer {

  private final Streamer inner;
  volatile boolean away;
  final AtomicInteger refusals = new AtomicInteger();
  volatile Runnable beforeAnEnd = () -> {};

  /** So many writes are stored, and nobody is told so. */
  int answersLost;

  Runnable afterALoss = () -> {};

  CutStreamer(Streamer inner) {
    this.inner = inner;
  }

  private void requireThere() {
    if (away) {
      refusals.incrementAndGet();
      throw new WorldException(ErrorCode.UNAVAILABLE, "the streams are away");
    }
  }

  @Override
  public Written write(StreamId stream, @Nullable Writer writer, List<Payload> chunks) {
    requireThere();
    return inner.write(stream, writer, chunks);
  }

  @Override
  public Written write(
      StreamId stream, long life, WriteId id, @Nullable Writer writer, List<Payload> chunks) {
    requireThere();
    Written written = inner.write(stream, life, id, writer, chunks);
    if (answersLost > 0) {
      answersLost--;
      afterALoss.run();
      throw new WorldException(ErrorCode.UNAVAILABLE, "the answer is lost");
    }
    return written;
  }

  @Override
  public boolean open(StreamId stream, Life life) {
    requireThere();
    return inner.open(stream, life);
  }

  @Override
  public void forget(StreamId stream) {
    requireThere();
    inner.forget(stream);
  }

  @Override
  public void end(StreamId stream) {
    requireThere();
    inner.end(stream);
  }

  @Override
  public OptionalLong end(StreamId stream, long life) {
    beforeAnEnd.run();
    requireThere();
    return inner.end(stream, life);
  }

  @Override
  public void endAll(RunId run) {
    requireThere();
    inner.endAll(run);
  }

  @Override
  public Reader read(StreamId stream, long from) {
    return inner.read(stream, from);
  }

  @Override
  public Page<Chunk> chunks(StreamId stream, PageRequest page) {
    requireThere();
    return inner.chunks(stream, page);
  }

  @Override
  public Info info(StreamId stream) {
    requireThere();
    return inner.info(stream);
  }

  @Override
  public List<String> list(RunId run) {
    requireThere();
    return inner.list(run);
  }

  @Override
  public void announce(String channel, List<String> messages) {
    inner.announce(channel, messages);
  }

  @Override
  public Listening listen(String channel, Consumer<String> listener, Runnable gap) {
    return inner.listen(channel, listener, gap);
  }

  @Override
  public String version() {
    return inner.version();
  }

  @Override
  public Set<Capability> declined() {
    return inner.declined();
  }

  @Override
  public void close() {
    inner.close();
  }
}
