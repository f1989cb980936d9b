package dev.fantasticfour.world.core.engine.stream;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStreamer;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The streamer as one process sees it: away when told to, and whoever ends a stream may be held.
 */
final class CutStreamer extends ForwardingStreamer {

  volatile boolean away;
  final AtomicInteger refusals = new AtomicInteger();
  volatile Runnable beforeAnEnd = () -> {};

  volatile Consumer<@Nullable Writer> beforeAWrite = writer -> {};

  /** So many writes are stored, and nobody is told so. */
  int answersLost;

  Runnable afterALoss = () -> {};

  CutStreamer(Streamer inner) {
    super(inner);
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
    return super.write(stream, writer, chunks);
  }

  @Override
  public Written write(
      StreamId stream, long life, WriteId id, @Nullable Writer writer, List<Payload> chunks) {
    beforeAWrite.accept(writer);
    requireThere();
    Written written = super.write(stream, life, id, writer, chunks);
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
    return super.open(stream, life);
  }

  @Override
  public void forget(StreamId stream) {
    requireThere();
    super.forget(stream);
  }

  @Override
  public void end(StreamId stream) {
    requireThere();
    super.end(stream);
  }

  @Override
  public OptionalLong end(StreamId stream, long life) {
    beforeAnEnd.run();
    requireThere();
    return super.end(stream, life);
  }

  @Override
  public void endAll(RunId run) {
    requireThere();
    super.endAll(run);
  }

  @Override
  public Page<Chunk> chunks(StreamId stream, PageRequest page) {
    requireThere();
    return super.chunks(stream, page);
  }

  @Override
  public Info info(StreamId stream) {
    requireThere();
    return super.info(stream);
  }

  @Override
  public List<String> list(RunId run) {
    requireThere();
    return super.list(run);
  }
}
