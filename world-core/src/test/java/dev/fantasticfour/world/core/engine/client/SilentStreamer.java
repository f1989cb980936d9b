package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.Streamer;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A streamer whose announcements get lost, until the test says there was a gap. */
final class SilentStreamer implements Streamer {

  private final Map<String, Runnable> gaps = new ConcurrentHashMap<>();
  private final List<String> announced = new CopyOnWriteArrayList<>();
  private volatile String refused = "";
  private volatile boolean away;
  private volatile boolean interrupted;

  void goAway(boolean isAway) {
    away = isAway;
  }

  void interrupt(boolean isInterrupted) {
    interrupted = isInterrupted;
  }

  /** Breaks the promise that an announcement never throws. */
  void refuse(String channel) {
    refused = channel;
  }

  /** What was announced on any other channel. */
  List<String> announced() {
    return announced;
  }

  void gap(String channel) {
    gaps.get(channel).run();
  }

  Set<String> channels() {
    return gaps.keySet();
  }

  @Override
  public void announce(String channel, List<String> messages) {
    if (channel.equals(refused)) {
      throw new WorldException(ErrorCode.CLOSED, "closed");
    }
    announced.addAll(messages);
  }

  @Override
  public Listening listen(String channel, Consumer<String> listener, Runnable gap) {
    if (away) {
      throw new WorldException(ErrorCode.UNAVAILABLE, "away");
    }
    gaps.put(channel, gap);
    return new Listening() {
      @Override
      public boolean isInterrupted() {
        return interrupted;
      }

      @Override
      public void close() {
        gaps.remove(channel);
      }
    };
  }

  @Override
  public void endAll(RunId run) {
    throw new WorldException(ErrorCode.UNAVAILABLE, "away");
  }

  @Override
  public OptionalLong end(StreamId stream, long life) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Written write(StreamId stream, Writer writer, List<Payload> chunks) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Written write(
      StreamId stream, long life, WriteId id, Writer writer, List<Payload> chunks) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean open(StreamId stream, Life life) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void forget(StreamId stream) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void end(StreamId stream) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Reader read(StreamId stream, long from) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Page<Chunk> chunks(StreamId stream, PageRequest page) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Info info(StreamId stream) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<String> list(RunId run) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String version() {
    return "silent";
  }

  @Override
  public Set<Capability> declined() {
    return Set.of();
  }

  @Override
  public void close() {}
}
