package dev.fantasticfour.world.core.engine.stream;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.core.engine.fold.FoldSize;
import dev.fantasticfour.world.core.engine.fold.Folder;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.port.LiveStreams.Chunk;
import dev.fantasticfour.world.core.port.StreamArchive;
import dev.fantasticfour.world.core.port.StreamArchive.Kept;
import dev.fantasticfour.world.core.port.StreamArchive.Section;
import java.util.List;

/**
 * Hands sections to the archive, together with whatever else is handed in while a call is under
 * way. There is a thread only while there is something to do.
 *
 * <p><b>Concurrency.</b> Any thread hands in; one thread at a time calls.
 */
final class ArchivePump {

  private static final long OVERHEAD = 64;
  private static final int MOST_SECTIONS = 500;
  private static final long MOST_BYTES = 1 << 20;

  private final Folder<Section, Kept> calls;

  ArchivePump(StreamArchive archive, Machine machine) {
    this.calls =
        Folder.asking(
            machine,
            "archive",
            "keeping the chunks of streams",
            new FoldSize<>(MOST_SECTIONS, ArchivePump::size, MOST_BYTES),
            archive::archive);
  }

  /** One section. Fails as the archive does. */
  Kept keep(Section section) throws InterruptedException {
    return calls.ask(section);
  }

  /** Several sections. Fails when one of them does; others may be kept all the same. */
  List<Kept> keep(List<Section> sections) throws InterruptedException {
    return calls.askAll(sections);
  }

  private static long size(Section section) {
    return section.chunks().stream().mapToLong(ArchivePump::size).sum();
  }

  /** About what a chunk weighs in memory and on its way. */
  static long size(Chunk chunk) {
    return chunk instanceof Chunk.Data data ? size(data.payload()) : OVERHEAD;
  }

  static long size(Payload chunk) {
    return OVERHEAD + chunk.size();
  }
}
