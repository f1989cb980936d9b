package dev.fantasticfour.world.core.engine.stream;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.core.port.StreamArchive.Section;
import dev.fantasticfour.world.core.port.StreamArchive.Then;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.core.port.Streamer.Chunk;
import dev.fantasticfour.world.core.port.Streamer.StreamId;
import dev.fantasticfour.world.core.port.Streamer.Written;
import dev.fantasticfour.world.core.port.WorkerId;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What this process knows of a stream it writes to: the life it writes in, and the chunks of it
 * that are not kept yet. A life is left for good before anything is said about another one; nobody
 * writes meanwhile. Safe for any number of threads; never blocks.
 */
final class LocalStream {

  private static final int MOST_CHUNKS = 2_000;

  private final StreamId stream;
  private final ReentrantLock lock = new ReentrantLock();
  private final UnkeptChunks unkept = new UnkeptChunks();
  private @Nullable WorkerId worker;

  /** The life that may be written in, 0 = none. */
  private long life;

  /** The life that is written in no more, but not left yet; 0 = none. */
  private long leaving;

  /** Whether the streamer, or somebody else, has found it lost. */
  private boolean lost;

  private int holders;
  private int writing;
  private boolean moving;
  private boolean ended;

  LocalStream(StreamId stream) {
    this.stream = stream;
  }

  StreamId stream() {
    return stream;
  }

  /** Where a process stands with a stream. */
  record Standing(long life, @Nullable WorkerId worker, boolean isLost, List<Chunk> unkept) {}

  void hold(int more) {
    lock.lock();
    try {
      holders += more;
    } finally {
      lock.unlock();
    }
  }

  boolean hasRoom() {
    lock.lock();
    try {
      return unkept.hasRoom() || ended;
    } finally {
      lock.unlock();
    }
  }

  long bytes() {
    lock.lock();
    try {
      return unkept.bytes();
    } finally {
      lock.unlock();
    }
  }

  boolean isEnded() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }

  /** The life to write in, with a write begun in it; 0 when there is none now. */
  long beginWriting() {
    lock.lock();
    try {
      if (life > 0 && !ended) {
        writing++;
        return life;
      }
      return 0;
    } finally {
      lock.unlock();
    }
  }

  /** A write has come to its end; null when nobody knows to which. */
  void wrote(
      long in, Streamer.@Nullable Writer writer, List<Payload> chunks, @Nullable Written written) {
    lock.lock();
    try {
      writing--;
      switch (written) {
        case Written.Stored stored -> unkept.add(writer, chunks, stored);
        case Written.Lost gone -> lose(in);
        case Written.Ended end -> {}
        case Written.Superseded superseded -> {}
        case null -> {}
      }
    } finally {
      lock.unlock();
    }
  }

  /** That life is lost: nothing more is written in it. */
  void lose(long gone) {
    lock.lock();
    try {
      if (life == gone) {
        leave(true);
      }
    } finally {
      lock.unlock();
    }
  }

  private void leave(boolean isLost) {
    leaving = life;
    lost = isLost;
    life = 0;
  }

  /** Begins to move to another life, or to leave; no one else does until {@link #moved}. */
  boolean beginMoving() {
    lock.lock();
    try {
      if (moving || life > 0) {
        return false;
      }
      moving = true;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Whether it has chunks that are not kept. */
  boolean isHolding() {
    lock.lock();
    try {
      return unkept.size() > 0;
    } finally {
      lock.unlock();
    }
  }

  /** Whether somebody writes to it, or moves it. */
  boolean isBusy() {
    lock.lock();
    try {
      return writing > 0 || moving;
    } finally {
      lock.unlock();
    }
  }

  boolean isMoving() {
    lock.lock();
    try {
      return moving;
    } finally {
      lock.unlock();
    }
  }

  boolean isWriting() {
    lock.lock();
    try {
      return writing > 0;
    } finally {
      lock.unlock();
    }
  }

  void moved() {
    lock.lock();
    try {
      moving = false;
    } finally {
      lock.unlock();
    }
  }

  /** It may be written in that life from now on. Returns how many chunks nobody takes any more. */
  int live(long next, WorkerId by) {
    lock.lock();
    try {
      int dropped = next == leaving ? 0 : unkept.drop();
      life = next;
      leaving = 0;
      lost = false;
      worker = by;
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  /** Who has entered the life that is left next. */
  void by(WorkerId next) {
    lock.lock();
    try {
      worker = next;
    } finally {
      lock.unlock();
    }
  }

  /** A life was opened in vain, or is left: from there on the next one is asked for. */
  int left(long gone) {
    lock.lock();
    try {
      leaving = gone;
      lost = gone > 0;
      return unkept.drop();
    } finally {
      lock.unlock();
    }
  }

  /** The archive has those chunks. */
  void kept(List<Chunk> chunks) {
    lock.lock();
    try {
      unkept.kept(chunks);
    } finally {
      lock.unlock();
    }
  }

  /** The stream has ended; nothing is written here any more. */
  void end() {
    lock.lock();
    try {
      ended = true;
      if (life > 0) {
        leave(lost);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether nobody needs it any more. */
  boolean isIdle() {
    lock.lock();
    try {
      return holders <= 0 && writing == 0 && !moving && life == 0 && leaving == 0;
    } finally {
      lock.unlock();
    }
  }

  /** What a move starts from: the life that is left, and what of it is not kept. */
  Standing standing() {
    lock.lock();
    try {
      return new Standing(life > 0 ? life : leaving, worker, lost, unkept.all());
    } finally {
      lock.unlock();
    }
  }

  /**
   * What there is to hand in now, or null. A stream that nobody holds, or that has ended, is left;
   * so is a life that is lost, and then {@link #moved} has to be called.
   *
   * @param all whether to leave although somebody holds it
   */
  @Nullable Section handIn(boolean all) {
    lock.lock();
    try {
      WorkerId by = worker;
      if (by == null || moving) {
        return null;
      }
      if (life > 0 && writing == 0 && unkept.size() <= MOST_CHUNKS && (holders <= 0 || all)) {
        leave(false);
      }
      if (leaving > 0 && writing == 0) {
        moving = true;
        return new Section(by, stream, leaving, unkept.all(), new Then.Leave());
      }
      long of = life > 0 ? life : leaving;
      return of == 0
          ? null
          : new Section(by, stream, of, unkept.first(MOST_CHUNKS), new Then.WriteOn());
    } finally {
      lock.unlock();
    }
  }
}
