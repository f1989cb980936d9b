package dev.fantasticfour.world.core.engine.stream;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.LiveStreams;
import dev.fantasticfour.world.core.port.LiveStreams.Written;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chunks on their way to the streamer. What changes is guarded by {@link LocalStream}. */
final class Sending {

  private final long number;
  private final LiveStreams.Writer writer;
  private final List<Payload> chunks;
  private final long bytes;

  /** Whether they may have been stored though nobody said so. */
  private boolean unanswered;

  /** Whether their writer was told that they are kept here. */
  private boolean accepted;

  private volatile @Nullable Written answer;
  private volatile @Nullable RuntimeException failure;

  /**
   * @param number no other in this process has it
   */
  Sending(long number, LiveStreams.Writer writer, List<Payload> chunks) {
    this.number = number;
    this.writer = writer;
    this.chunks = chunks;
    this.bytes = chunks.stream().mapToLong(ArchivePump::size).sum();
  }

  long number() {
    return number;
  }

  LiveStreams.Writer writer() {
    return writer;
  }

  List<Payload> chunks() {
    return chunks;
  }

  long bytes() {
    return bytes;
  }

  /** How many indices it may take: one more than chunks, for the mark before them. */
  int indices() {
    return chunks.size() + 1;
  }

  boolean isUnanswered() {
    return unanswered;
  }

  void unanswered(boolean is) {
    unanswered = is;
  }

  boolean isAccepted() {
    return accepted;
  }

  /** Its writer is told so, unless it is done. Returns whether it was told. */
  boolean accept() {
    if (isDone()) {
      return false;
    }
    accepted = true;
    return true;
  }

  boolean isDone() {
    return answer != null || failure != null;
  }

  /** What became of it; null while nobody knows. Fails as the write did. */
  @Nullable Written answer() {
    RuntimeException thrown = failure;
    if (thrown != null) {
      throw thrown;
    }
    return answer;
  }

  void answer(Written written) {
    answer = written;
  }

  void fail(RuntimeException thrown) {
    failure = thrown;
  }

  /** What a writer is answered when this process closes with what it wrote. */
  static WorldException overHere() {
    return new WorldException(ErrorCode.CLOSED, "this node writes to no stream any more");
  }
}
