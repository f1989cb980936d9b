package dev.fantasticfour.world.core.engine.stream;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.time.Deadline;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.engine.time.TransientFailure;
import dev.fantasticfour.world.core.port.LiveStreams;
import dev.fantasticfour.world.core.port.LiveStreams.Chunk;
import dev.fantasticfour.world.core.port.LiveStreams.Info;
import dev.fantasticfour.world.core.port.LiveStreams.Read;
import dev.fantasticfour.world.core.port.LiveStreams.Reader;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.StreamArchive;
import dev.fantasticfour.world.core.port.StreamArchive.Archived;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream from the streamer as it comes, and from the archive what the streamer does not
 * have: the lives that are over. What is returned is dense, or says which chunks are gone.
 *
 * <p>While the streamer has the stream, the archive is not asked. Of a stream that it does not have
 * the archive is asked at once, and then with pauses that grow from one second to half a minute.
 */
final class KeptReader implements Reader {

  private static final int PIECE = 256;
  private static final Duration SLICE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Machine machine;
  private final StreamArchive archive;
  private final LiveStreams streamer;
  private final StreamId stream;
  private final ArrayDeque<Read> ready = new ArrayDeque<>();

  private @Nullable Reader live;

  /** The index wanted next. */
  private long position;

  /** The life of what was returned last, 0 when nothing was, or when that is settled. */
  private long life;

  private boolean mustLook;
  private Deadline nextLook;
  private Duration pause = SLICE;
  private boolean ended;
  private volatile boolean closed;
  private volatile @Nullable Reader toClose;

  KeptReader(
      Machine machine, StreamArchive archive, LiveStreams streamer, StreamId stream, long from) {
    this.machine = machine;
    this.nextLook = Deadline.in(machine, Duration.ZERO);
    this.archive = archive;
    this.streamer = streamer;
    this.stream = stream;
    this.position = from >= 0 ? from : Math.max(0, next() + from);
  }

  /** How many chunks there are now. */
  private long next() {
    Info live = info();
    if (live != null && live.life() > 0) {
      return live.next();
    }
    Archived kept = archive.archived(stream, Long.MAX_VALUE, 1);
    if (live != null && kept.life() == 0) {
      // Nobody ever entered it: what is there is all there is.
      return live.next();
    }
    long next = kept.settled();
    for (Archived more = archive.archived(stream, next, PIECE);
        !more.chunks().isEmpty();
        more = archive.archived(stream, next, PIECE)) {
      next = more.chunks().getLast().index() + 1;
    }
    return next;
  }

  /** What the streamer knows of it; null when it cannot be asked now. */
  private @Nullable Info info() {
    try {
      return streamer.info(stream);
    } catch (WorldException e) {
      if (e.code() != ErrorCode.UNAVAILABLE) {
        throw e;
      }
      return null;
    }
  }

  @Override
  public Read next(Duration patience) throws InterruptedException {
    Deadline deadline = Deadline.in(machine, patience);
    boolean peeks = live == null;
    while (true) {
      Read told = ready.poll();
      if (told != null) {
        return told;
      }
      if (ended) {
        return new Read.End();
      }
      if (mustLook && look()) {
        continue;
      }
      Reader current = live();
      Duration left = deadline.left();
      Duration wait = peeks ? Duration.ZERO : left.compareTo(SLICE) < 0 ? left : SLICE;
      peeks = false;
      switch (current.next(wait)) {
        case Read.Chunks read -> {
          if (isOther(current.life())) {
            lookAgain();
          } else {
            life = current.life();
            position = read.chunks().getLast().index() + 1;
            pause = SLICE;
            return read;
          }
        }
        case Read.Truncated truncated -> lookAgain();
        case Read.End end -> {
          if (isOther(current.life()) || !isTheEnd(current.life())) {
            lookAgain();
            if (!look() && left.isZero()) {
              return new Read.Nothing();
            }
          } else {
            ended = true;
          }
        }
        case Read.Nothing nothing -> {
          if (current.life() == 0 && nextLook.isOver()) {
            mustLook = true;
            nextLook = Deadline.in(machine, pause);
            Duration longer = pause.multipliedBy(2);
            pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
          } else if (left.isZero()) {
            return nothing;
          }
        }
      }
    }
  }

  /** Another life than what was returned last: it may not follow on it. */
  private boolean isOther(long seen) {
    return life != 0 && seen != life;
  }

  /** A stream that nobody opened ends as it was written; of others it may be a remainder. */
  private boolean isTheEnd(long seen) {
    return seen > 0 || archive.archived(stream, Long.MAX_VALUE, 1).life() == 0;
  }

  private void lookAgain() {
    close(live);
    live = null;
    mustLook = true;
  }

  private Reader live() {
    if (closed) {
      throw new WorldException(ErrorCode.CLOSED, "this read of " + stream + " is closed");
    }
    Reader current = live;
    if (current == null) {
      current = streamer.read(stream, position);
      live = current;
      toClose = current;
      if (closed) {
        current.close();
      }
    }
    return current;
  }

  /** Takes from the archive what follows. Returns whether there is something to tell. */
  private boolean look() {
    Archived kept;
    try {
      kept = archive.archived(stream, position, PIECE);
    } catch (WorldException e) {
      if (!TransientFailure.mayPass(e)) {
        throw e;
      }
      mustLook = false;
      return false;
    }
    if (life != 0 && kept.endOf(life) != Long.MAX_VALUE) {
      // Its end lies beyond everything that was returned (ARC-10).
      life = 0;
    }
    List<Chunk> follows = new ArrayList<>();
    for (Chunk chunk : kept.chunks()) {
      if (chunk.index() != position + follows.size()) {
        break;
      }
      follows.add(chunk);
    }
    if (!follows.isEmpty()) {
      ready.add(new Read.Chunks(follows));
      position += follows.size();
      life = position > kept.settled() && !kept.ended() ? kept.life() : 0;
      reposition();
      return true;
    }
    if (position < kept.settled()) {
      long resumesAt =
          kept.chunks().isEmpty()
              ? kept.settled()
              : Math.min(kept.settled(), kept.chunks().getFirst().index());
      ready.add(new Read.Truncated(position, resumesAt));
      position = resumesAt;
      reposition();
      return true;
    }
    mustLook = false;
    ended = kept.ended();
    return ended;
  }

  private void reposition() {
    mustLook = true;
    close(live);
    live = null;
  }

  @Override
  public long life() {
    return life;
  }

  @Override
  public void close() {
    closed = true;
    close(toClose);
  }

  private static void close(@Nullable Reader reader) {
    if (reader != null) {
      reader.close();
    }
  }
}
