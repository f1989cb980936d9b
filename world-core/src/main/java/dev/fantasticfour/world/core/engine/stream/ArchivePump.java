package dev.fantasticfour.world.core.engine.stream;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.LoopGuard;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.engine.time.ThreadEnd;
import dev.fantasticfour.world.core.engine.time.UnexpectedFailure;
import dev.fantasticfour.world.core.port.StreamArchive;
import dev.fantasticfour.world.core.port.StreamArchive.Kept;
import dev.fantasticfour.world.core.port.StreamArchive.Section;
import dev.fantasticfour.world.core.port.Streamer.Chunk;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands sections to the archive, together with whatever else is handed in while a call is under
 * way. There is a thread only while there is something to do.
 *
 * <p><b>Concurrency.</b> Any thread hands in; one thread at a time calls.
 */
final class ArchivePump {

  private static final Logger LOG = LoggerFactory.getLogger(ArchivePump.class);
  private static final long OVERHEAD = 64;
  private static final int MOST_SECTIONS = 500;
  private static final long MOST_BYTES = 1 << 20;

  private final StreamArchive archive;
  private final Machine machine;
  private final Bell answered;
  private final ConcurrentLinkedQueue<Handed> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final LoopGuard guard =
      new LoopGuard(LOG, "keeping the chunks of streams", "they are kept a second later");

  ArchivePump(StreamArchive archive, Machine machine) {
    this.archive = archive;
    this.machine = machine;
    this.answered = machine.bell();
  }

  /** A section on its way. */
  private static final class Handed {
    private final Section section;
    private volatile @Nullable Kept kept;
    private volatile @Nullable WorldException failure;

    private Handed(Section section) {
      this.section = section;
    }

    private boolean isDone() {
      return kept != null || failure != null;
    }
  }

  /** One section. Fails as the archive does. */
  Kept keep(Section section) throws InterruptedException {
    return keep(List.of(section)).getFirst();
  }

  /** Several sections. Fails when one of them does; others may be kept all the same. */
  List<Kept> keep(List<Section> sections) throws InterruptedException {
    List<Handed> handed = sections.stream().map(Handed::new).toList();
    waiting.addAll(handed);
    if (requests.getAndIncrement() == 0) {
      machine.start("archive", this::handIn);
    }
    List<Kept> answers = new ArrayList<>();
    for (Handed one : handed) {
      answered.await(one::isDone);
      WorldException failure = one.failure;
      if (failure != null) {
        throw failure;
      }
      Kept kept = one.kept;
      if (kept != null) {
        answers.add(kept);
      }
    }
    return answers;
  }

  private void handIn() {
    int handled = requests.get();
    do {
      boolean unused = guard.round(this::handInNext);
      handled = waiting.isEmpty() ? requests.addAndGet(-handled) : requests.get();
    } while (handled != 0);
  }

  private void handInNext() {
    List<Handed> taken = new ArrayList<>();
    WorldException failure =
        new WorldException(ErrorCode.CLOSED, "the thread that kept chunks of streams ended");
    try {
      take(taken);
      if (!taken.isEmpty()) {
        handIn(taken);
      }
      failure = null;
    } catch (ThreadEnd e) {
      throw e;
    } catch (RuntimeException | Error e) {
      failure = UnexpectedFailure.of("keeping the chunks of streams", e);
    } finally {
      for (Handed each : taken) {
        each.failure = each.kept == null ? failure : null;
      }
      answered.ring();
    }
  }

  private void take(List<Handed> taken) {
    long bytes = 0;
    while (taken.size() < MOST_SECTIONS && bytes < MOST_BYTES) {
      Handed next = waiting.poll();
      if (next == null) {
        break;
      }
      taken.add(next);
      bytes += next.section.chunks().stream().mapToLong(ArchivePump::size).sum();
    }
  }

  private void handIn(List<Handed> taken) {
    List<Kept> answers = archive.archive(taken.stream().map(handed -> handed.section).toList());
    for (int i = 0; i < taken.size(); i++) {
      taken.get(i).kept = answers.get(i);
    }
  }

  /** About what a chunk weighs in memory and on its way. */
  static long size(Chunk chunk) {
    return chunk instanceof Chunk.Data data ? size(data.payload()) : OVERHEAD;
  }

  static long size(Payload chunk) {
    return OVERHEAD + chunk.size();
  }
}
