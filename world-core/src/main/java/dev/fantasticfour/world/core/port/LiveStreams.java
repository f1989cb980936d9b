package dev.fantasticfour.world.core.port;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.run.RunId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Streams of chunks beside the log: written by steps, read live by anybody, not part of replay.
 *
 * <p><b>Guarantees.</b> A chunk gets the next index, dense from 0, when it is stored, and keeps it
 * (ST-2); all readers see one order (ST-3). A live read has no gap and no duplicate (ST-4):
 * notifications only wake it. The first end wins; nothing is stored after it (ST-9, ST-10). The
 * chunks of a step's attempt are refused once a higher attempt has written, and the first chunk of
 * a higher attempt is preceded by a {@link Chunk.Restarted} mark.
 *
 * <p>What is held of a stream here is one <em>life</em> of it ({@link StreamArchive}), from its
 * base on. When a stream is lost, and be it only its latest chunks, that life is over: nothing more
 * is written in it ({@link Written.Lost}), readers are told, and a later one is opened by whoever
 * the archive allows to.
 *
 * <p><b>Concurrency.</b> Any number of writers and readers in any number of processes; a slow
 * reader holds up nobody.
 *
 * <p><b>Failure.</b> As in {@link Streamer}: of a write that was not answered the chunks may or may
 * not have been stored. Open readers survive that and go on by themselves.
 */
public interface LiveStreams {

  /**
   * Appends chunks in order, contiguously. An empty list does nothing.
   *
   * @param writer who writes, so that a retried step can be told from its earlier attempts; null
   *     for writers that are no step
   */
  Written write(StreamId stream, @Nullable Writer writer, List<Payload> chunks);

  /**
   * The same in a certain life: {@link Written.Lost} when the streamer does not hold that one. May
   * be repeated, when nobody knows what became of it: a write that was the last of its source that
   * was stored in this life is answered as it was then, and stores nothing (ST-25).
   *
   * @param life number of a life that was opened, from 1
   * @param id which write it is
   */
  Written write(
      StreamId stream, long life, WriteId id, @Nullable Writer writer, List<Payload> chunks);

  /**
   * Opens a life in place of what there is of an earlier one. Readers are woken.
   *
   * @return false when there is that life already or a later one, and nothing was done
   */
  boolean open(StreamId stream, Life life);

  /**
   * A stream has ended and all of it is kept elsewhere: what there is may be dropped after a time
   * the adapter decides. Idempotent; nothing happens to a stream that has not ended.
   */
  void forget(StreamId stream);

  /** Ends a stream in its life, creating it when unknown. Idempotent (ST-8, ST-9). */
  void end(StreamId stream);

  /**
   * Ends a certain life of a stream: nothing more is written in it. Idempotent (ST-24).
   *
   * @param life number of a life that was opened, from 1
   * @return the index after its last chunk; empty when the streamer does not hold that life, or no
   *     longer all of it, and then nothing was done
   */
  OptionalLong end(StreamId stream, long life);

  /** Ends every stream of a run that was ever written or ended. Idempotent. */
  void endAll(RunId run);

  /**
   * Opens a live read.
   *
   * @param from first index wanted; {@code -k} means the last {@code k} chunks there are now (ST-7)
   */
  Reader read(StreamId stream, long from);

  /**
   * Chunks there are now, by index; a cursor is returned even at the end. Order must be ascending.
   */
  Page<Chunk> chunks(StreamId stream, PageRequest page);

  /** How far a stream has come. */
  Info info(StreamId stream);

  /** Names of the streams of a run that were ever written or ended, sorted. */
  List<String> list(RunId run);

  /**
   * A stream: the run need not exist.
   *
   * @param name any non-empty text without NUL
   */
  record StreamId(RunId run, String name) {}

  /** An attempt of a step that writes. */
  record Writer(String stepId, int attempt) {}

  /**
   * A write, told from others.
   *
   * @param source who sends it; it sends to a stream one write after the other
   * @param number no other write of the source has it
   */
  record WriteId(String source, long number) {}

  /** What became of a write. */
  sealed interface Written {

    /**
     * Stored.
     *
     * @param first the index of the first chunk
     * @param mark the mark that was stored just before it, or null when there was no need of one
     */
    record Stored(long first, Chunk.@Nullable Restarted mark) implements Written {

      /** Stored without a mark. */
      public Stored(long first) {
        this(first, null);
      }
    }

    /** The streamer does not hold that life of the stream, or no longer all of it. */
    record Lost() implements Written {}

    /** The stream has ended; nothing was stored. */
    record Ended() implements Written {}

    /** A higher attempt of the step has written; nothing was stored. */
    record Superseded(int attempt) implements Written {}
  }

  /** One entry of a stream. */
  sealed interface Chunk {

    /** Its place in the stream. */
    long index();

    /**
     * Data.
     *
     * @param stepId who wrote it, or null
     */
    record Data(long index, Payload payload, @Nullable String stepId, int attempt)
        implements Chunk {}

    /**
     * The step starts over: its chunks from index {@code from} up to here belong to attempts that
     * failed.
     */
    record Restarted(long index, String stepId, long from) implements Chunk {}
  }

  /**
   * @param life the life the streamer holds, 0 when nobody opened one
   * @param base the first index of that life
   * @param next the index the next chunk gets: how many there are and were
   * @param ended whether nothing more can come
   */
  record Info(long life, long base, long next, boolean ended) {

    /** Of a stream that nobody opened a life of. */
    public Info(long next, boolean ended) {
      this(0, 0, next, ended);
    }
  }

  /**
   * A life of a stream.
   *
   * @param number from 1, growing
   * @param base the index its first chunk gets
   * @param steps what steps have written before it, by step id
   */
  record Life(long number, long base, Map<String, HighestAttempt> steps) {
    public Life {
      steps = Map.copyOf(steps);
    }
  }

  /**
   * The highest attempt of a step that has written. Lower ones are refused, and a higher one is
   * preceded by a mark that leads to the first chunk of the step.
   *
   * @param first the index of the first chunk of any attempt
   */
  record HighestAttempt(int attempt, long first) {}

  /** A live read, for one thread at a time. */
  interface Reader extends AutoCloseable {

    /**
     * The next chunks, waiting for them.
     *
     * @param patience how long to wait
     * @return {@link Read.Nothing} when none came in that time
     */
    Read next(Duration patience) throws InterruptedException;

    /**
     * The life that the last answer was about: 0 when the streamer held no life of the stream, or
     * one that nobody opened.
     */
    long life();

    @Override
    void close();
  }

  /** What a live read found. */
  sealed interface Read {

    /** At least one chunk, in order, following on what was returned before. */
    record Chunks(List<Chunk> chunks) implements Read {
      public Chunks {
        chunks = List.copyOf(chunks);
      }
    }

    /** Nothing new yet. */
    record Nothing() implements Read {}

    /** The end: nothing more will come. */
    record End() implements Read {}

    /**
     * The streamer does not hold the chunks from that index on, and what it goes on with may not
     * follow on what was returned before (law L9): it is another life, or begins later.
     *
     * @param from the index that was wanted next
     * @param resumesAt the index it goes on with
     */
    record Truncated(long from, long resumesAt) implements Read {}
  }
}
