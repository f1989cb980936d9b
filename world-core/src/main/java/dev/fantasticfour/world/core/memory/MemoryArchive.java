package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.StreamArchive;
import dev.fantasticfour.world.core.port.StreamArchive.Archived;
import dev.fantasticfour.world.core.port.StreamArchive.Held;
import dev.fantasticfour.world.core.port.StreamArchive.Kept;
import dev.fantasticfour.world.core.port.StreamArchive.Section;
import dev.fantasticfour.world.core.port.StreamArchive.Then;
import dev.fantasticfour.world.core.port.WorkerId;
import java.util.Collection;
import java.util.List;

/** The streams that are kept. Every method here runs under the store's lock. */
final class MemoryArchive {

  private final MemoryStore store;

  MemoryArchive(MemoryStore store) {
    this.store = store;
  }

  Kept take(Section section) {
    boolean enters = section.life() == 0 && section.then() instanceof Then.Next;
    StreamShelf known = store.streams.get(section.stream());
    if (known == null && !enters) {
      return new Kept.Over(0);
    }
    StreamShelf shelf =
        store.streams.computeIfAbsent(section.stream(), stream -> new StreamShelf());
    if (shelf.ended) {
      return new Kept.Ended(shelf.life(), shelf.base());
    }
    if (section.life() != shelf.life()) {
      boolean goesOn = section.then() instanceof Then.Next && section.life() < shelf.life();
      return goesOn ? enter(shelf, section.worker()) : new Kept.Over(shelf.life());
    }
    section.chunks().forEach(shelf::keep);
    if (!(section.then() instanceof Then.WriteOn)) {
      shelf.inDoubt += section.inDoubt();
    }
    return switch (section.then()) {
      case Then.WriteOn writeOn -> new Kept.Taken(shelf.lost);
      case Then.Leave leave -> {
        shelf.writers.remove(section.worker());
        yield new Kept.Taken(shelf.lost);
      }
      case Then.Next next -> {
        shelf.lost = true;
        yield open(shelf, section.worker(), next.again());
      }
      case Then.End end -> end(shelf, end.next());
      case Then.EndLost end -> endLost(shelf, section.worker());
    };
  }

  private Kept enter(StreamShelf shelf, WorkerId worker) {
    if (shelf.lost) {
      return open(shelf, worker, 0);
    }
    shelf.writers.add(worker);
    return new Kept.Entered(shelf.life());
  }

  private Kept open(StreamShelf shelf, WorkerId worker, long again) {
    boolean isHeld = isHeldByOthers(shelf, worker);
    if (isHeld || shelf.inDoubt > 0 || !shelf.writers.isEmpty()) {
      shelf.inDoubt += again;
    }
    if (isHeld) {
      return new Kept.NotYet();
    }
    Kept opened = new Kept.Opened(shelf.open(nextBase(shelf)));
    shelf.writers.add(worker);
    return opened;
  }

  private static Kept end(StreamShelf shelf, long next) {
    long missing = shelf.firstMissing();
    if (missing < next) {
      return new Kept.Missing(missing);
    }
    shelf.end(Math.max(shelf.next(), next + shelf.inDoubt));
    return new Kept.Ended(shelf.life(), shelf.base());
  }

  private Kept endLost(StreamShelf shelf, WorkerId worker) {
    shelf.lost = true;
    if (isHeldByOthers(shelf, worker)) {
      return new Kept.NotYet();
    }
    shelf.end(nextBase(shelf));
    return new Kept.Ended(shelf.life(), shelf.base());
  }

  /** Whether a living worker other than that one has yet to leave. */
  private boolean isHeldByOthers(StreamShelf shelf, WorkerId worker) {
    shelf.writers.remove(worker);
    return shelf.writers.stream().anyMatch(store::isAlive);
  }

  /** Whoever is still in it died in it, and as many indices as it may have held stay empty. */
  private static long nextBase(StreamShelf shelf) {
    long unknown = shelf.inDoubt + (long) StreamArchive.MOST_UNKEPT * shelf.writers.size();
    return Math.max(shelf.next(), shelf.base() + shelf.count() + unknown);
  }

  Archived read(StreamId stream, long from, int limit) {
    StreamShelf shelf = store.streams.get(stream);
    return shelf == null ? new Archived(List.of(), false, List.of()) : shelf.read(from, limit);
  }

  List<Held> heldBy(Collection<WorkerId> workers) {
    return store.streams.entrySet().stream()
        .filter(entry -> entry.getValue().writers.stream().anyMatch(workers::contains))
        .map(
            entry ->
                new Held(entry.getKey(), entry.getValue().life(), entry.getValue().firstMissing()))
        .toList();
  }

  List<String> names(RunId run) {
    return store.streams.keySet().stream()
        .filter(stream -> stream.run().equals(run))
        .map(StreamId::name)
        .sorted()
        .toList();
  }
}
