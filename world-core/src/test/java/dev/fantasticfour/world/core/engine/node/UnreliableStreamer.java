package dev.fantasticfour.world.core.engine.node;

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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The streams as one node sees them: away at times. */
final class UnreliableStreamer implements Streamer {

  private final Streamer inner;
  private final Weather weather;

  UnreliableStreamer(Streamer inner, Weather weather) {
    this.inner = inner;
    this.weather = weather;
  }

  private void requireThere() {
    weather.travel();
    if (weather.areStreamsAway()) {
      weather.waitInVain();
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
    return inner.write(stream, life, id, writer, chunks);
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
  public void announce(String channel, List<String> messages) {}

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
