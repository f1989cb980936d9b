package dev.fantasticfour.world.core.engine.stream;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.port.LiveStreams;
import dev.fantasticfour.world.core.port.LiveStreams.Life;
import dev.fantasticfour.world.core.port.StreamArchive.Kept;
import dev.fantasticfour.world.core.port.StreamArchive.Section;
import dev.fantasticfour.world.core.port.StreamArchive.Then;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves a stream from one life to the next: hands in what this process holds of the last, waits
 * until all others have done so too, and opens the next where it is told to.
 *
 * <p><b>Concurrency.</b> Any thread that may block; of several that want to move the same stream
 * one does, and the others wait for it.
 */
final class StreamMoves {

  private static final Logger LOG = LoggerFactory.getLogger(StreamMoves.class);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);

  /** A life that nobody leaves is given up after that: its writers die sooner. */
  private static final int MOST_PAUSES = 240;

  private final LiveStreams streamer;
  private final ArchivePump pump;
  private final Bell changed;
  private final Supplier<WorkerId> worker;
  private final Runnable entered;
  private final BooleanSupplier closed;

  /**
   * @param changed rung when something has happened to a stream
   * @param worker who writes now; fails when nobody does
   * @param entered called when a life may be written in
   * @param closed whether nobody wants to write any more
   */
  StreamMoves(
      LiveStreams streamer,
      ArchivePump pump,
      Bell changed,
      Supplier<WorkerId> worker,
      Runnable entered,
      BooleanSupplier closed) {
    this.streamer = streamer;
    this.pump = pump;
    this.changed = changed;
    this.worker = worker;
    this.entered = entered;
    this.closed = closed;
  }

  /** Has the stream in a life that may be written in, or ended. */
  void move(LocalStream local) throws InterruptedException {
    if (!local.beginMoving()) {
      changed.await(() -> !local.isMoving());
      return;
    }
    try {
      if (local.isAway()) {
        // Asked before a life is: that would be opened in vain, again and again.
        LiveStreams.Info unused = streamer.info(local.stream());
      }
      enterNext(local);
    } finally {
      local.moved();
      changed.ring();
    }
  }

  private void enterNext(LocalStream local) throws InterruptedException {
    Duration pause = SHORTEST_PAUSE;
    for (int pauses = 0; pauses < MOST_PAUSES && !local.isEnded(); pauses++) {
      switch (ask(local)) {
        case Kept.Opened opened -> {
          if (open(local, opened.life())) {
            return;
          }
        }
        case Kept.Entered entered -> {
          live(local, entered.life());
          return;
        }
        case Kept.Ended ended -> {
          local.end();
          forgotten(local, local.left(0));
          return;
        }
        case Kept.NotYet waiting -> {
          boolean unused = changed.await(closed, pause);
          pause = pause.multipliedBy(2);
          pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        }
        case Kept.Over over -> forgotten(local, local.left(over.life()));
        case Kept.Taken taken -> throw new IllegalStateException("a life was asked for");
        case Kept.Missing missing -> throw new IllegalStateException("nobody ended it");
      }
    }
    if (local.isEnded()) {
      return;
    }
    throw new WorldException(
        ErrorCode.UNAVAILABLE,
        "stream '"
            + local.stream().name()
            + "' of run "
            + local.stream().run()
            + " cannot go on: other processes that write to it do not hand in what they hold");
  }

  /** Hands in what is left of the last life, and asks for the next. */
  private Kept ask(LocalStream local) throws InterruptedException {
    LifeShare.Snapshot mine = local.snapshot();
    WorkerId by = worker.get();
    long from = mine.isLost() ? mine.life() : 0;
    WorkerId before = mine.worker();
    if (before != null && mine.life() > 0 && (from == 0 || !before.equals(by))) {
      // It was to be left quietly, or by a worker that is over: that comes first.
      Section section = mine.section(before, local.stream(), new Then.Leave());
      Kept unused = pump.keep(section);
      local.kept(section);
      mine = local.snapshot();
    }
    Section section =
        from == 0
            ? new Section(by, local.stream(), 0, List.of(), new Then.Next())
            : mine.section(by, local.stream(), new Then.Next(mine.again()));
    Kept kept = pump.keep(section);
    boolean isTaken = kept instanceof Kept.Opened || kept instanceof Kept.NotYet;
    if (isTaken && from > 0) {
      local.kept(section);
      if (kept instanceof Kept.NotYet) {
        local.startAfresh();
      }
    }
    return kept;
  }

  private boolean open(LocalStream local, Life life) {
    // Whatever comes of it: this life is opened now or never.
    forgotten(local, local.left(life.number()));
    local.by(worker.get());
    if (!streamer.open(local.stream(), life)) {
      return false;
    }
    live(local, life.number());
    return true;
  }

  private void live(LocalStream local, long life) {
    forgotten(local, local.live(life, worker.get()));
    entered.run();
  }

  /** Says what nobody takes any more. */
  static void forgotten(LocalStream local, int chunks) {
    if (chunks > 0) {
      LOG.warn(
          "{} chunks of stream '{}' of run {} came too late to be kept, because this process was"
              + " taken for dead; its readers are told",
          chunks,
          local.stream().name(),
          local.stream().run());
    }
  }
}
