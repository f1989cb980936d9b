package dev.fantasticfour.world.core.engine.stream;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.LiveStreams;
import dev.fantasticfour.world.core.port.LiveStreams.Chunk;
import dev.fantasticfour.world.core.port.LiveStreams.Info;
import dev.fantasticfour.world.core.port.LiveStreams.Life;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.StreamArchive;
import dev.fantasticfour.world.core.port.StreamArchive.Archived;
import dev.fantasticfour.world.core.port.StreamArchive.Kept;
import dev.fantasticfour.world.core.port.StreamArchive.Section;
import dev.fantasticfour.world.core.port.StreamArchive.Then;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Ends the streams of a run. What the streamer has and the archive has not is copied; where the
 * streamer has lost the stream, it ends with what its writers hand in. Either way it is complete in
 * the archive then, and the streamer may forget it. What this process holds is let go of when the
 * archive has it, whatever fails before.
 */
final class StreamEnds {

  /** Most chunks copied at once. */
  private static final int PIECE = 256;

  private final StreamArchive archive;
  private final LiveStreams streamer;
  private final ArchivePump pump;

  StreamEnds(StreamArchive archive, LiveStreams streamer, ArchivePump pump) {
    this.archive = archive;
    this.streamer = streamer;
    this.pump = pump;
  }

  /** Where this process' part of a stream comes from. */
  interface Locals {

    /** Its part, perhaps empty, which grows no more and which nobody else hands in meanwhile. */
    LocalStream take(StreamId stream) throws InterruptedException;

    /** Others may hand in what is left of it. */
    void giveBack(LocalStream local);
  }

  /** Returns whether all have ended. */
  boolean end(RunId run, WorkerId by, Locals locals) throws InterruptedException {
    boolean all = true;
    for (String name : archive.archivedStreams(run)) {
      LocalStream local = locals.take(new StreamId(run, name));
      try {
        all &= end(local, by);
      } finally {
        locals.giveBack(local);
      }
    }
    return all;
  }

  private boolean end(LocalStream local, WorkerId by) throws InterruptedException {
    StreamId stream = local.stream();
    LifeShare.Snapshot mine = local.snapshot();
    long life = mine.life();
    if (life == 0) {
      Archived known = archive.archived(stream, Long.MAX_VALUE, 1);
      life = known.life();
      if (known.ended()) {
        // Somebody may have come no further than that.
        if (streamer.end(stream, life - 1).isEmpty()) {
          endInLastLife(stream, life, known.settled());
        }
        streamer.forget(stream);
        return true;
      }
    }
    // Its own worker leaves with it, should it be another one than ends the stream.
    WorkerId worker = mine.life() == 0 || mine.worker() == null ? by : mine.worker();
    OptionalLong next = streamer.end(stream, life);
    if (next.isEmpty()) {
      return endLost(local, section(mine, worker, stream, life, new Then.EndLost()));
    }
    Then end = new Then.End(next.getAsLong());
    Kept kept = keep(local, section(mine, worker, stream, life, end));
    if (kept instanceof Kept.Missing missing) {
      copy(stream, worker, life, missing.from());
      kept = keep(local, new Section(worker, stream, life, List.of(), end));
    }
    boolean ended = kept instanceof Kept.Ended;
    if (ended) {
      streamer.forget(stream);
    }
    return ended;
  }

  private static Section section(
      LifeShare.Snapshot mine, WorkerId worker, StreamId stream, long life, Then then) {
    return new Section(worker, stream, life, mine.unkept(), mine.inDoubt(), then);
  }

  /** Hands in what this process has of a stream, and lets go of what is kept. */
  private Kept keep(LocalStream local, Section section) throws InterruptedException {
    Kept kept = pump.keep(section);
    if (!(kept instanceof Kept.Over)) {
      local.kept(section);
    }
    if (!(kept instanceof Kept.Missing)) {
      StreamMoves.forgotten(local, local.left(0));
    }
    return kept;
  }

  /** Copies what only the streamer has of a stream whose writer is dead. */
  void copy(StreamArchive.Held held, WorkerId by) throws InterruptedException {
    Info there = streamer.info(held.stream());
    if (there.life() == held.life() && there.next() > held.missing()) {
      copy(held.stream(), by, held.life(), held.missing());
    }
  }

  private void copy(StreamId stream, WorkerId by, long life, long from)
      throws InterruptedException {
    try (LiveStreams.Reader reader = streamer.read(stream, from)) {
      while (reader.next(Duration.ZERO) instanceof LiveStreams.Read.Chunks read
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

  private boolean endLost(LocalStream local, Section section) throws InterruptedException {
    if (!(keep(local, section) instanceof Kept.Ended ended)) {
      return false;
    }
    endInLastLife(local.stream(), ended.life(), ended.next());
    streamer.forget(local.stream());
    return true;
  }

  /** Whoever waits for more learns from a last, empty life that there is none. */
  private void endInLastLife(StreamId stream, long life, long next) {
    boolean unused = streamer.open(stream, new Life(life, next, Map.of()));
    OptionalLong alsoUnused = streamer.end(stream, life);
  }
}
