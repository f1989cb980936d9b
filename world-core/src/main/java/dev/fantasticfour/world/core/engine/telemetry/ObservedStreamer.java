package dev.fantasticfour.world.core.engine.telemetry;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.core.observe.Observer;
import dev.fantasticfour.world.core.observe.Occurrence;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStreamer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells an observer of chunks that were stored. */
public final class ObservedStreamer extends ForwardingStreamer {

  private final Observer observer;

  private ObservedStreamer(Streamer inner, Observer observer) {
    super(inner);
    this.observer = observer;
  }

  /** That streamer, observed if there is somebody to observe it. */
  public static Streamer of(Streamer streamer, Observer observer) {
    return observer == Observer.NONE ? streamer : new ObservedStreamer(streamer, observer);
  }

  @Override
  public Written write(StreamId stream, @Nullable Writer writer, List<Payload> chunks) {
    return said(stream, chunks, super.write(stream, writer, chunks));
  }

  @Override
  public Written write(
      StreamId stream, long life, WriteId id, @Nullable Writer writer, List<Payload> chunks) {
    return said(stream, chunks, super.write(stream, life, id, writer, chunks));
  }

  private Written said(StreamId stream, List<Payload> chunks, Written written) {
    if (written instanceof Written.Stored && !chunks.isEmpty()) {
      long bytes = chunks.stream().mapToLong(Payload::size).sum();
      observer.on(new Occurrence.ChunksWritten(stream.name(), chunks.size(), bytes));
    }
    return written;
  }
}
