package dev.fantasticfour.world.core.port;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import java.util.Collection;
import java.util.List;

/**
 * The archive of a storage that keeps no streams, for adapters that decline {@link
 * Capability#STREAM_ARCHIVE}: every call is refused with {@code NOT_SUPPORTED}.
 */
public interface NoStreamArchive extends StreamArchive {

  @Override
  default List<Kept> archive(List<Section> sections) {
    throw declined();
  }

  @Override
  default Archived archived(StreamId stream, long from, int limit) {
    throw declined();
  }

  @Override
  default List<String> archivedStreams(RunId run) {
    throw declined();
  }

  @Override
  default List<Held> heldBy(Collection<WorkerId> workers) {
    throw declined();
  }

  private static WorldException declined() {
    return new WorldException(
        ErrorCode.NOT_SUPPORTED, "this storage keeps no streams: it declines STREAM_ARCHIVE");
  }
}
