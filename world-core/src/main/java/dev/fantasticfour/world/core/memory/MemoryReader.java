package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.Closing;
import dev.fantasticfour.world.core.port.LiveStreams.Chunk;
import dev.fantasticfour.world.core.port.LiveStreams.Read;
import dev.fantasticfour.world.core.port.LiveStreams.Reader;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A live read: it keeps nothing but its place, so that a slow one holds up nobody (ST-17). */
final class MemoryReader implements Reader {

  /** The most chunks told at once. */
  private static final int MOST = 256;

  private final Instance owner;
  private final Bell changed;
  private final MemoryStreamStore store;
  private final StreamId stream;
  private long next;
  private long life;

  /** What the last chunks came from. */
  private @Nullable StreamLog read;

  private volatile boolean closed;

  /**
   * @param owner the instance that it reads through
   * @param changed where the instance waits for its store
   */
  MemoryReader(Instance owner, Bell changed, MemoryStreamStore store, StreamId stream, long first) {
    this.owner = owner;
    this.changed = changed;
    this.store = store;
    this.stream = stream;
    this.next = first;
  }

  @Override
  public Read next(Duration patience) throws InterruptedException {
    AtomicReference<Read> found = new AtomicReference<>(store.look(this::look));
    // What is there already is told even to who was interrupted.
    if (found.get() instanceof Read.Nothing && patience.compareTo(Duration.ZERO) > 0) {
      boolean unused =
          changed.await(
              () -> {
                found.set(store.look(this::look));
                return !(found.get() instanceof Read.Nothing);
              },
              Closing.bounded(patience));
    }
    return found.get();
  }

  @Override
  public long life() {
    return life;
  }

  private Read look() {
    owner.requireOpen();
    if (closed) {
      throw new WorldException(ErrorCode.CLOSED, "this read is closed");
    }
    StreamLog log = store.find(stream);
    life = log == null ? 0 : log.life();
    long base = log == null ? 0 : log.base();
    boolean isOther = read != null && read != log;
    read = isOther ? null : read;
    if (isOther || next < base) {
      long wanted = next;
      next = base;
      return new Read.Truncated(wanted, base);
    }
    if (log == null) {
      return new Read.Nothing();
    }
    List<Chunk> chunks = log.from(next, MOST);
    if (!chunks.isEmpty()) {
      read = log;
      next += chunks.size();
      return new Read.Chunks(chunks);
    }
    return log.isEnded() ? new Read.End() : new Read.Nothing();
  }

  @Override
  public void close() {
    closed = true;
    changed.ring();
  }
}
