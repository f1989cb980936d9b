package dev.fantasticfour.world.cli.dev;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a data directory to one process. The operating system gives it up when the process ends,
 * however it ends.
 */
record DirectoryLock(FileChannel channel) implements AutoCloseable {

  /**
   * Takes the directory, which is made when it is missing.
   *
   * @throws WorldException {@code INVALID_CONFIGURATION} when another process has it, or when it
   *     cannot be written to
   */
  static DirectoryLock take(Path directory) {
    Path file = directory.resolve("lock");
    Path pid = directory.resolve("pid");
    try {
      Files.createDirectories(directory);
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        channel.close();
        throw new WorldException(
            ErrorCode.INVALID_CONFIGURATION,
            directory
                + " is in use by another 'world dev' (process "
                + holder(pid)
                + "): end that, or choose another with --data-dir");
      }
      Files.writeString(pid, Long.toString(ProcessHandle.current().pid()));
      return new DirectoryLock(channel);
    } catch (IOException e) {
      throw new WorldException(
          ErrorCode.INVALID_CONFIGURATION, "cannot keep data in " + directory + ": " + e, e);
    }
  }

  private static String holder(Path pid) throws IOException {
    return Files.exists(pid) ? Files.readString(pid, StandardCharsets.UTF_8).strip() : "unknown";
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new WorldException(ErrorCode.CONTRACT_VIOLATION, "cannot give up a lock: " + e, e);
    }
  }
}
