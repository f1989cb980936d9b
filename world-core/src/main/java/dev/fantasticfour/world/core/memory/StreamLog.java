package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.core.port.LiveStreams.Chunk;
import dev.fantasticfour.world.core.port.LiveStreams.HighestAttempt;
import dev.fantasticfour.world.core.port.LiveStreams.Info;
import dev.fantasticfour.world.core.port.LiveStreams.Life;
import dev.fantasticfour.world.core.port.LiveStreams.WriteId;
import dev.fantasticfour.world.core.port.LiveStreams.Writer;
import dev.fantasticfour.world.core.port.LiveStreams.Written;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One life of a stream. Guarded by the store's lock. */
final class StreamLog {

  private final long life;
  private final long base;
  private final List<Chunk> chunks = new ArrayList<>();
  private final Map<String, HighestAttempt> steps;
  private final Map<String, Answered> answered = new HashMap<>();
  private boolean ended;

  /** What was stored last of a source. */
  private record Answered(long number, Written.Stored answer) {}

  /** A stream that nobody opened a life of. */
  StreamLog() {
    this(new Life(0, 0, Map.of()));
  }

  StreamLog(Life life) {
    this.life = life.number();
    this.base = life.base();
    this.steps = new HashMap<>(life.steps());
  }

  /** Unless it is a repetition: that is answered as the first time. */
  Written write(WriteId id, @Nullable Writer writer, List<Payload> payloads) {
    Answered last = answered.get(id.source());
    if (last != null && last.number() == id.number()) {
      return last.answer();
    }
    Written written = write(writer, payloads);
    if (written instanceof Written.Stored stored) {
      answered.put(id.source(), new Answered(id.number(), stored));
    }
    return written;
  }

  Written write(@Nullable Writer writer, List<Payload> payloads) {
    if (ended) {
      return new Written.Ended();
    }
    HighestAttempt highest = writer == null ? null : steps.get(writer.stepId());
    if (writer != null && highest != null && writer.attempt() < highest.attempt()) {
      return new Written.Superseded(highest.attempt());
    }
    Chunk.Restarted mark = null;
    if (writer != null && highest != null && writer.attempt() > highest.attempt()) {
      mark = new Chunk.Restarted(next(), writer.stepId(), highest.first());
      chunks.add(mark);
    }
    long first = next();
    if (writer != null) {
      steps.put(
          writer.stepId(),
          new HighestAttempt(writer.attempt(), highest == null ? first : highest.first()));
    }
    for (Payload payload : payloads) {
      chunks.add(
          new Chunk.Data(
              next(),
              payload,
              writer == null ? null : writer.stepId(),
              writer == null ? 0 : writer.attempt()));
    }
    return new Written.Stored(first, mark);
  }

  void end() {
    ended = true;
  }

  boolean isEnded() {
    return ended;
  }

  long life() {
    return life;
  }

  long base() {
    return base;
  }

  long next() {
    return base + chunks.size();
  }

  Info info() {
    return new Info(life, base, next(), ended);
  }

  List<Chunk> all() {
    return chunks;
  }

  /** At most that many chunks from an index on, which is not below the base. */
  List<Chunk> from(long index, int limit) {
    int from = (int) Math.min(index - base, chunks.size());
    return List.copyOf(chunks.subList(from, Math.min(chunks.size(), from + limit)));
  }
}
