package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.core.port.Streamer.Chunk;
import dev.fantasticfour.world.core.port.Streamer.Info;
import dev.fantasticfour.world.core.port.Streamer.Writer;
import dev.fantasticfour.world.core.port.Streamer.Written;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One stream. Guarded by the store's lock. */
final class StreamLog {

  private final List<Chunk> chunks = new ArrayList<>();
  private final Map<String, StepPart> parts = new HashMap<>();
  private boolean ended;

  /** What a step has written: its highest attempt, and where its first chunk stands. */
  private record StepPart(int attempt, long from) {}

  Written write(@Nullable Writer writer, List<Payload> payloads) {
    if (ended) {
      return new Written.Ended();
    }
    StepPart part = writer == null ? null : parts.get(writer.stepId());
    if (writer != null && part != null && writer.attempt() < part.attempt()) {
      return new Written.Superseded(part.attempt());
    }
    if (writer != null && part != null && writer.attempt() > part.attempt()) {
      chunks.add(new Chunk.Restarted(chunks.size(), writer.stepId(), part.from()));
    }
    long first = chunks.size();
    if (writer != null) {
      parts.put(
          writer.stepId(), new StepPart(writer.attempt(), part == null ? first : part.from()));
    }
    for (Payload payload : payloads) {
      chunks.add(
          new Chunk.Data(
              chunks.size(),
              payload,
              writer == null ? null : writer.stepId(),
              writer == null ? 0 : writer.attempt()));
    }
    return new Written.Stored(first);
  }

  void end() {
    ended = true;
  }

  boolean isEnded() {
    return ended;
  }

  long next() {
    return chunks.size();
  }

  Info info() {
    return new Info(chunks.size(), ended);
  }

  List<Chunk> all() {
    return chunks;
  }

  /** At most that many chunks from an index on. */
  List<Chunk> from(long index, int limit) {
    int from = (int) Math.min(index, chunks.size());
    return List.copyOf(chunks.subList(from, Math.min(chunks.size(), from + limit)));
  }
}
