package dev.fantasticfour.world.core.engine.stream;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.core.port.LiveStreams;
import dev.fantasticfour.world.core.port.LiveStreams.Chunk;
import dev.fantasticfour.world.core.port.LiveStreams.Written;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Chunks of one life that the archive does not have yet, by index. Guarded by {@link LocalStream}.
 */
final class UnkeptChunks {

  /** With as much of a stream that is not kept, it is not waited any longer. */
  private static final long MUCH_BYTES = 256 << 10;

  private static final int MUCH_CHUNKS = 1_000;

  private final TreeMap<Long, Chunk> chunks = new TreeMap<>();
  private long bytes;

  boolean isMuch() {
    return bytes >= MUCH_BYTES || chunks.size() >= MUCH_CHUNKS;
  }

  long bytes() {
    return bytes;
  }

  int size() {
    return chunks.size();
  }

  List<Chunk> all() {
    return List.copyOf(chunks.values());
  }

  List<Chunk> first(int most) {
    return chunks.values().stream().limit(most).toList();
  }

  /** What a writer wrote, at the indices that the streamer gave. */
  void add(LiveStreams.@Nullable Writer writer, List<Payload> written, Written.Stored stored) {
    Chunk.Restarted mark = stored.mark();
    if (mark != null) {
      add(mark);
    }
    long index = stored.first();
    for (Payload chunk : written) {
      add(
          new Chunk.Data(
              index,
              chunk,
              writer == null ? null : writer.stepId(),
              writer == null ? 0 : writer.attempt()));
      index++;
    }
  }

  private void add(Chunk chunk) {
    chunks.put(chunk.index(), chunk);
    bytes += ArchivePump.size(chunk);
  }

  /** The archive has those. */
  void kept(List<Chunk> taken) {
    for (Chunk chunk : taken) {
      if (chunks.remove(chunk.index(), chunk)) {
        bytes -= ArchivePump.size(chunk);
      }
    }
  }

  /** Forgets all, which nobody takes any more. Returns how many there were. */
  int drop() {
    int dropped = chunks.size();
    chunks.clear();
    bytes = 0;
    return dropped;
  }
}
