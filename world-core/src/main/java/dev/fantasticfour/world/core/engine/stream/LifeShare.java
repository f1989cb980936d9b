package dev.fantasticfour.world.core.engine.stream;

import dev.fantasticfour.world.core.port.LiveStreams.Chunk;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.LiveStreams.Written;
import dev.fantasticfour.world.core.port.StreamArchive.Section;
import dev.fantasticfour.world.core.port.StreamArchive.Then;
import dev.fantasticfour.world.core.port.WorkerId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The share of this process in a life of a stream: which life it writes in or leaves, as which
 * worker, and what the archive does not have of it yet. Guarded by {@link LocalStream}.
 */
final class LifeShare {

  /** Most chunks of a section; a life with more is not left quietly. */
  private static final int MOST_CHUNKS = 2_000;

  private final UnkeptChunks unkept = new UnkeptChunks();
  private @Nullable WorkerId worker;

  /** The life that may be written in, 0 = none. */
  private long life;

  /** The life that is written in no more, but not left yet; 0 = none. */
  private long leaving;

  /** Whether the streamer, or somebody else, has found it lost. */
  private boolean lost;

  /** How many indices of that life may have been given to chunks that nobody knows of. */
  private long inDoubt;

  /**
   * Where a process stands with a stream.
   *
   * @param life the life that is written in or left, 0 = none
   * @param worker who has entered it, or null
   * @param isLost whether it is left because it is lost
   * @param unkept what the archive does not have of it
   * @param inDoubt how many indices may have been given to chunks that nobody knows of
   * @param again how many of them the chunks that are sent next may have got
   */
  record Snapshot(
      long life,
      @Nullable WorkerId worker,
      boolean isLost,
      List<Chunk> unkept,
      long inDoubt,
      long again) {

    /** All of it, to be handed in by that worker. */
    Section section(WorkerId by, StreamId stream, Then then) {
      return new Section(by, stream, life, unkept, inDoubt, then);
    }
  }

  Snapshot snapshot(long again) {
    return new Snapshot(of(), worker, lost, unkept.all(), inDoubt, again);
  }

  private long of() {
    return life > 0 ? life : leaving;
  }

  /** The life to write in; 0 when there is none now. */
  long life() {
    return life;
  }

  boolean isLive() {
    return life > 0;
  }

  /** Whether a life is written in no more, but not left yet. */
  boolean isLeaving() {
    return leaving > 0;
  }

  /** Whether there is no life that is written in, or to be left. */
  boolean isNone() {
    return life == 0 && leaving == 0;
  }

  /** Who has entered the life, or null. */
  @Nullable WorkerId worker() {
    return worker;
  }

  /** Whether so much waits to be kept that it is not waited any longer. */
  boolean isMuch() {
    return unkept.isMuch();
  }

  /** How many chunks are not kept. */
  int unkept() {
    return unkept.size();
  }

  /** How large they are. */
  long bytes() {
    return unkept.bytes();
  }

  /** It was written, at the indices that the streamer gave. */
  void wrote(Sending sent, Written.Stored stored) {
    unkept.add(sent.writer(), sent.chunks(), stored);
  }

  /** What may have got an index gets no other in the same life. */
  void doubt(Sending sent) {
    if (sent.isUnanswered()) {
      inDoubt += sent.indices();
      sent.unanswered(false);
    }
  }

  /** The archive has what was handed in. */
  void kept(Section section) {
    unkept.kept(section.chunks());
    inDoubt = Math.max(0, inDoubt - section.inDoubt());
  }

  /** That life is lost: nothing more is written in it. */
  void lose(long gone) {
    if (life == gone) {
      leave();
      lost = true;
    }
  }

  /** Nothing more is written in the life that was. */
  void leave() {
    if (life > 0) {
      leaving = life;
      lost = false;
      life = 0;
    }
  }

  /** Likewise, unless one section is too small for what it holds. */
  void leaveInOneSection() {
    if (unkept.size() <= MOST_CHUNKS) {
      leave();
    }
  }

  /** It may be written in that life from now on. Returns how many chunks nobody takes any more. */
  int live(long next, WorkerId by) {
    int dropped = next == leaving ? 0 : drop();
    life = next;
    leaving = 0;
    lost = false;
    worker = by;
    return dropped;
  }

  /** Who has entered the life that is left next. */
  void by(WorkerId next) {
    worker = next;
  }

  /**
   * A life was opened in vain, or is left: from there on the next one is asked for.
   *
   * @param gone 0 when the next is asked for as if this process had written in none
   * @return how many chunks nobody takes any more
   */
  int left(long gone) {
    leaving = gone;
    lost = gone > 0;
    return drop();
  }

  private int drop() {
    inDoubt = 0;
    return unkept.drop();
  }

  /** As much as one section takes, or null when there is no life. */
  @Nullable Section section(WorkerId by, StreamId stream) {
    return of() == 0
        ? null
        : new Section(by, stream, of(), unkept.first(MOST_CHUNKS), new Then.WriteOn());
  }
}
