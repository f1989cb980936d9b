package dev.fantasticfour.world.cli.archive;

import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.core.engine.export.Digest;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;

/**
 * Writes histories one behind the other, and at the end how many there were, with the SHA-256 of
 * all that stands before. What {@code runs export} writes is such a file without the end. For one
 * thread.
 */
final class ArchiveWriter implements Closeable {

  private final Writer out;
  private final Digest digest = new Digest();
  private long runs;

  ArchiveWriter(Writer out) {
    this.out = out;
  }

  /** Adds one history, whole. */
  void add(String history) throws IOException {
    history.lines().forEach(digest::add);
    out.write(history);
    runs++;
  }

  /** Says that this was all. Returns how many there were. */
  long end() throws IOException {
    out.write(Json.object().put("end", runs).put("sha256", digest.take()).toString());
    out.write('\n');
    out.flush();
    return runs;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
