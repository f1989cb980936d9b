package dev.fantasticfour.world.core.port.forwarding;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.Streamer;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A streamer that passes every call on to another. Whoever extends it overrides what it is about,
 * and calls {@code super} for what the streamer behind it does. Readers and listenings are those of
 * the streamer behind it.
 *
 * <p><b>Concurrency and failure.</b> Those of the streamer behind it.
 */
public abstract class ForwardingStreamer implements Streamer {

  private final Streamer inner;

  /** Before that streamer; closing this closes it. */
  protected ForwardingStreamer(Streamer inner) {
    this.inner = inner;
  }

  @Override
  public Written write(StreamId stream, @Nullable Writer writer, List<Payload> chunks) {
    return inner.write(stream, writer, chunks);
  }

  @Override
  public void end(StreamId stream) {
    inner.end(stream);
  }

  @Override
  public OptionalLong end(StreamId stream, long life) {
    return inner.end(stream, life);
  }

  @Override
  public void forget(StreamId stream) {
    inner.forget(stream);
  }

  @Override
  public Written write(
      StreamId stream, long life, WriteId id, @Nullable Writer writer, List<Payload> chunks) {
    return inner.write(stream, life, id, writer, chunks);
  }

  @Override
  public boolean open(StreamId stream, Life life) {
    return inner.open(stream, life);
  }

  @Override
  public void endAll(RunId run) {
    inner.endAll(run);
  }

  @Override
  public Reader read(StreamId stream, long from) {
    return inner.read(stream, from);
  }

  @Override
  public Page<Chunk> chunks(StreamId stream, PageRequest page) {
    return inner.chunks(stream, page);
  }

  @Override
  public Info info(StreamId stream) {
    return inner.info(stream);
  }

  @Override
  public List<String> list(RunId run) {
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
