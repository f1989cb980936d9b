package dev.fantasticfour.world.core.port;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.LiveStreams.Chunk;
import dev.fantasticfour.world.core.port.LiveStreams.Life;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import java.util.Collection;
import java.util.List;

/**
 * The streams as they are kept for good, and the lives each has had in the streamer.
 *
 * <p>A streamer may lose what it holds at any moment. Then the <em>life</em> of the stream there is
 * over, and the next one begins at the index where what is kept ends. Whoever writes in a life
 * enters it here first and keeps its chunks until they are kept here. A life is closed when
 * everybody who may still hold chunks of it has handed them in or is dead; until then nobody writes
 * in the next one, so that no index is given twice.
 *
 * <p><b>Guarantees.</b> A chunk is kept at its index, byte for byte, once and for good: handing it
 * in again changes nothing (ARC-1, ARC-2). Nothing is taken of a life that is over (ARC-5). Below
 * the base of the current life an index without a chunk means that it is lost (ARC-6). The next
 * life begins beyond every index that may have been given in the last (ARC-10), so that none is
 * given twice: where a dead writer may have had chunks that nobody knows of, {@link #MOST_UNKEPT}
 * indices stay empty.
 *
 * <p><b>Concurrency.</b> Any number of threads and processes; of several who want to open the next
 * life one does, and is told so once.
 *
 * <p><b>Failure.</b> As in {@link Storage}; {@code NOT_SUPPORTED} of all three where {@link
 * Capability#STREAM_ARCHIVE} is declined. Repeating a call is safe; who repeats {@link Then.Next}
 * may find that the life it opened the first time has to be followed by yet another.
 */
public interface StreamArchive {

  /**
   * How many indices of a life a worker may have been given whose chunks are not kept: who writes
   * more than that waits until some of it is.
   */
  int MOST_UNKEPT = 10_000;

  /**
   * Keeps chunks, of one stream or of many, and says what their writers do next. Each section is
   * atomic by itself. The run need not exist, and may have ended.
   *
   * @return one answer per section, in the order given
   */
  List<Kept> archive(List<Section> sections);

  /**
   * What is kept of a stream: chunks from an index on, ascending, as far as there are any. Without
   * lives when the stream is unknown.
   *
   * @param limit most chunks; fewer come when they are large
   */
  Archived archived(StreamId stream, long from, int limit);

  /** Names of the streams of a run that were ever entered, sorted. */
  List<String> archivedStreams(RunId run);

  /**
   * Lives that one of these workers has entered and not left. When it is dead, somebody else copies
   * what only the streamer has of them; the worker stays in them all the same, since it may not
   * know that it is dead.
   */
  List<Held> heldBy(Collection<WorkerId> workers);

  /**
   * The current life of a stream that somebody has entered.
   *
   * @param missing the first of its indices that nothing is kept of
   */
  record Held(StreamId stream, long life, long missing) {}

  /**
   * What one process hands in of one stream.
   *
   * @param worker who writes; it must be registered, or it counts as dead
   * @param life the life the chunks were written in; 0 = none
   * @param chunks of that life, by index
   * @param inDoubt how many further indices of that life may have been given to what the worker has
   *     written and does not hold any more, because it does not know whether it was stored; counted
   *     when the worker leaves or the stream ends
   */
  record Section(
      WorkerId worker, StreamId stream, long life, List<Chunk> chunks, long inDoubt, Then then) {
    public Section {
      chunks = List.copyOf(chunks);
    }

    /** With nothing in doubt. */
    public Section(WorkerId worker, StreamId stream, long life, List<Chunk> chunks, Then then) {
      this(worker, stream, life, chunks, 0, then);
    }
  }

  /** What follows on a section. */
  sealed interface Then {

    /** More of this life may follow. */
    record WriteOn() implements Then {}

    /** The worker holds nothing more of this life, and writes no more in it. */
    record Leave() implements Then {}

    /**
     * The same, and it wants to write in a later life: because this one is lost, or because it has
     * been in none.
     *
     * @param again how many indices of this life may have been given to what the worker writes
     *     first in the next. Where it opens that itself, and nothing else is in doubt, these get
     *     the same indices again; otherwise they are in doubt, too
     */
    record Next(long again) implements Then {

      /** With nothing to be written again. */
      public Next() {
        this(0);
      }
    }

    /**
     * The stream has ended in the streamer, and ends here when all its chunks are kept.
     *
     * @param next how many chunks it has
     */
    record End(long next) implements Then {}

    /** The stream ends, and its life is lost: it has what is kept when all have signed off. */
    record EndLost() implements Then {}
  }

  /** What became of a section. */
  sealed interface Kept {

    /**
     * The chunks are kept.
     *
     * @param isLost whether others have found the life lost and wait for this worker to leave it
     */
    record Taken(boolean isLost) implements Kept {}

    /** The worker opens that life in the streamer, and nobody else does. It may do so once. */
    record Opened(Life life) implements Kept {}

    /** The worker may write in that life, which others have opened. */
    record Entered(long life) implements Kept {}

    /** The chunks are kept, but others may still hold some of that life: ask again. */
    record NotYet() implements Kept {}

    /**
     * The stream has ended with so many chunks. What was not kept before is not taken.
     *
     * @param life the number that stands for the time after its end
     */
    record Ended(long life, long next) implements Kept {}

    /** The stream does not end yet: the chunk at that index is not kept. */
    record Missing(long from) implements Kept {}

    /** That life is over, or never was: what was not kept before is not taken. */
    record Over(long life) implements Kept {}
  }

  /**
   * A piece of a stream.
   *
   * @param bases where each life of the stream began, the first life first; the last one of an
   *     ended stream is how many chunks it has
   */
  record Archived(List<Long> bases, boolean ended, List<Chunk> chunks) {
    public Archived {
      bases = List.copyOf(bases);
      chunks = List.copyOf(chunks);
    }

    /** The number of the current life, 0 for an unknown stream. */
    public long life() {
      return bases.size();
    }

    /** Below that index, what is not kept is lost. */
    public long settled() {
      return bases.isEmpty() ? 0 : bases.getLast();
    }

    /** Where a life that is over came to its end, or {@link Long#MAX_VALUE} when it is not over. */
    public long endOf(long life) {
      return life < bases.size() ? bases.get((int) life) : Long.MAX_VALUE;
    }
  }
}
