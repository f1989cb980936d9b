package dev.fantasticfour.world.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file to which a server writes its log, and what it wrote since its latest start. */
final class ServerLog {
  private static final int TAIL_BYTES = 4_000;

  private final Path file;
  private long startOffset;

  ServerLog(Path file) {
    this.file = file;
  }

  Path file() {
    return file;
  }

  /** What is in the log by now is of earlier runs. */
  synchronized void markStart() {
    startOffset = file.toFile().length();
  }

  /** How the log of the latest run ends, or why it cannot be told. */
  synchronized String tail() {
    if (!Files.exists(file)) {
      return "(no log at " + file + ")";
    }
    try (RandomAccessFile reader = new RandomAccessFile(file.toFile(), "r")) {
      long from = Math.max(startOffset, reader.length() - TAIL_BYTES);
      reader.seek(Math.min(from, reader.length()));
      byte[] bytes = new byte[(int) (reader.length() - reader.getFilePointer())];
      reader.readFully(bytes);
      return "Its log " + file + " ends:\n" + new String(bytes, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "(its log " + file + " cannot be read: " + e.getMessage() + ")";
    }
  }
}
