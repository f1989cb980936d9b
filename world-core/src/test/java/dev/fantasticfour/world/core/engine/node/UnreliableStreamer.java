package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStreamer;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The streams as one node sees them: away at times. */
final class UnreliableStreamer extends ForwardingStreamer {

  private final Weather weather;

  UnreliableStreamer(Streamer inner, Weather weather) {
    super(inner);
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
    return super.write(stream, writer, chunks);
  }

  @Override
  public Written write(
      StreamId stream, long life, WriteId id, @Nullable Writer writer, List<Payload> chunks) {
    requireThere();
    return super.write(stream, life, id, writer, chunks);
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
    requireThere();
    return super.end(stream, life);
  }

  @Override
  public void endAll(RunId run) {
    requireThere();
    super.endAll(run);
  }

  @Override
  public void announce(String channel, List<String> messages) {}
}
