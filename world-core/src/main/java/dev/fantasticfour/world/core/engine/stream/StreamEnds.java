package dev.fantasticfour.world.core.engine.stream;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.StreamArchive;
import dev.fantasticfour.world.core.port.StreamArchive.Archived;
import dev.fantasticfour.world.core.port.StreamArchive.Kept;
import dev.fantasticfour.world.core.port.StreamArchive.Section;
import dev.fantasticfour.world.core.port.StreamArchive.Then;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.core.port.Streamer.Chunk;
import dev.fantasticfour.world.core.port.Streamer.Info;
import dev.fantasticfour.world.core.port.Streamer.Life;
import dev.fantasticfour.world.core.port.Streamer.StreamId;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ends the streams of a run. What the streamer has and the archive has not is copied; where the
 * streamer has lost the stream, it ends with what its writers hand in. Either way it is complete in
 * the archive then, and the streamer may forget it.
 */
final class StreamEnds {

  /** Most chunks copied at once. */
  private static final int PIECE = 256;

  private final StreamArchive archive;
  private final Streamer streamer;
  private final ArchivePump pump;

  StreamEnds(StreamArchive archive, Streamer streamer, ArchivePump pump) {
    this.archive = archive;
    this.streamer = streamer;
    this.pump = pump;
  }

  /** Where this process' part of a stream comes from. */
  interface Locals {

    /** Its part, which grows no more; null when it has none. */
    @Nullable LocalStream take(StreamId stream) throws InterruptedException;
  }

  /** Returns whether all have ended. */
  boolean end(RunId run, WorkerId by, Locals locals) throws InterruptedException {
    boolean all = true;
    for (String name : archive.archivedStreams(run)) {
      StreamId stream = new StreamId(run, name);
      LocalStream local = locals.take(stream);
      all &= end(stream, by, local);
    }
    return all;
  }

  private boolean end(StreamId stream, WorkerId by, @Nullable LocalStream local)
      throws InterruptedException {
    LocalStream.Standing mine =
        local == null ? new LocalStream.Standing(0, null, false, List.of()) : local.standing();
    long life = mine.life();
    if (life == 0) {
      Archived known = archive.archived(stream, Long.MAX_VALUE, 1);
      if (known.ended()) {
        streamer.forget(stream);
        return true;
      }
      life = known.life();
    }
    // Its own worker leaves with it, should it be another one than ends the stream.
    WorkerId worker = mine.worker() == null ? by : mine.worker();
    Info there = endThere(stream, life);
    if (there == null) {
      return endLost(new Section(worker, stream, life, mine.unkept(), new Then.EndLost()));
    }
    Kept kept =
        pump.keep(new Section(worker, stream, life, mine.unkept(), new Then.End(there.next())));
    if (kept instanceof Kept.Missing missing) {
      copy(stream, worker, life, missing.from());
      kept = pump.keep(new Section(worker, stream, life, List.of(), new Then.End(there.next())));
    }
    boolean ended = kept instanceof Kept.Ended;
    if (ended) {
      streamer.forget(stream);
    }
    return ended;
  }

  /** Copies what only the streamer has of a stream whose writer is dead. */
  void copy(StreamArchive.Held held, WorkerId by) throws InterruptedException {
    Info there = streamer.info(held.stream());
    if (there.life() == held.life() && there.next() > held.missing()) {
      copy(held.stream(), by, held.life(), held.missing());
    }
  }

  /** How far the stream has come, now that it has ended; null when the streamer has lost it. */
  private @Nullable Info endThere(StreamId stream, long life) {
    if (streamer.info(stream).life() != life) {
      return null;
    }
    streamer.end(stream);
    Info ended = streamer.info(stream);
    return ended.life() == life && ended.ended() ? ended : null;
  }

  private void copy(StreamId stream, WorkerId by, long life, long from)
      throws InterruptedException {
    try (Streamer.Reader reader = streamer.read(stream, from)) {
      while (reader.next(Duration.ZERO) instanceof Streamer.Read.Chunks read
          && reader.life() == life) {
        List<Chunk> chunks = read.chunks();
        for (int i = 0; i < chunks.size(); i += PIECE) {
          Kept unused =
              pump.keep(
                  new Section(
                      by,
                      stream,
                      life,
                      chunks.subList(i, Math.min(i + PIECE, chunks.size())),
                      new Then.WriteOn()));
        }
      }
    }
  }

  /** Whoever waits for more learns from a last, empty life that there is none. */
  private boolean endLost(Section section) throws InterruptedException {
    Kept kept = pump.keep(section);
    if (!(kept instanceof Kept.Ended ended)) {
      return false;
    }
    StreamId stream = section.stream();
    if (streamer.open(stream, new Life(ended.life(), ended.next(), Map.of()))) {
      streamer.end(stream);
    }
    streamer.forget(stream);
    return true;
  }
}
