package dev.fantasticfour.world.core.engine.stream;

import dev.fantasticfour.world.core.port.Streamer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What is to be sent to the streamer, in its order. Guarded by {@link LocalStream}. */
final class Outbox {

  private final ArrayDeque<Sending> sendings = new ArrayDeque<>();
  private long bytes;
  private long indices;

  boolean isEmpty() {
    return sendings.isEmpty();
  }

  long bytes() {
    return bytes;
  }

  /** How many indices all of it may take. */
  long indices() {
    return indices;
  }

  void add(Sending sending) {
    sendings.add(sending);
    bytes += sending.bytes();
    indices += sending.indices();
  }

  @Nullable Sending first() {
    return sendings.peek();
  }

  /** Returns whether it was there. */
  boolean remove(Sending sending) {
    boolean wasThere = sendings.remove(sending);
    if (wasThere) {
      bytes -= sending.bytes();
      indices -= sending.indices();
    }
    return wasThere;
  }

  boolean has(Streamer.Writer writer) {
    return sendings.stream().anyMatch(sending -> sending.writer().equals(writer));
  }
}
