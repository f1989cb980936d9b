package dev.fantasticfour.world.core.engine.stream;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.core.port.LiveStreams;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.LiveStreams.Written;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where steps write to. */
interface StreamSink {

  /** Writes; may wait for room. Null when it is held here and stored later, before the flush. */
  @Nullable Written write(StreamId stream, LiveStreams.Writer writer, List<Payload> chunks)
      throws InterruptedException;

  /** An attempt of a step begins to write. */
  void hold(StreamId stream);

  /**
   * Waits until everything that an attempt has written is stored.
   *
   * @return whether it is; otherwise nothing is stored any more
   */
  boolean flush(StreamId stream, LiveStreams.Writer writer) throws InterruptedException;

  /** It has ended. */
  void letGo(StreamId stream);

  /** Writes to the streamer and keeps nothing. */
  static StreamSink plain(LiveStreams streamer) {
    return new StreamSink() {
      @Override
      public Written write(StreamId stream, LiveStreams.Writer writer, List<Payload> chunks) {
        return streamer.write(stream, writer, chunks);
      }

      @Override
      public boolean flush(StreamId stream, LiveStreams.Writer writer) {
        return true;
      }

      @Override
      public void hold(StreamId stream) {}

      @Override
      public void letGo(StreamId stream) {}
    };
  }
}
