package dev.fantasticfour.world.postgres.archive;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.ArchiveSink;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPOutputStream;

/**
 * A directory with one file per run, {@code ab/wrun_….jsonl.gz}: in directories by the last two
 * letters of the id, which are random, so that none grows large. A file is there whole or not at
 * all. Safe for any number of threads and processes.
 */
public final class DirectoryArchive implements ArchiveSink {

  private final Path directory;

  /** The directory is made when the first run comes. */
  public DirectoryArchive(Path directory) {
    this.directory = directory;
  }

  /** Where a run is, or will be. */
  public Path file(RunId run) {
    String id = run.value();
    return directory.resolve(id.substring(id.length() - 2)).resolve(id + ".jsonl.gz");
  }

  @Override
  public void keep(RunId run, Writing history) throws IOException {
    Path file = file(run);
    Files.createDirectories(file.getParent());
    Path part = Files.createTempFile(file.getParent(), run.value(), ".part");
    try {
      try (OutputStream out = Files.newOutputStream(part);
          Writer lines =
              new OutputStreamWriter(new GZIPOutputStream(out), StandardCharsets.UTF_8)) {
        history.to(lines);
      }
      try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
        written.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
