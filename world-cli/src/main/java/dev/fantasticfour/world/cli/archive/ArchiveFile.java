package dev.fantasticfour.world.cli.archive;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A file of histories, packed where its name ends with {@code .gz}. */
record ArchiveFile(Path path) {

  private boolean isPacked() {
    return path.toString().endsWith(".gz");
  }

  /**
   * Begins it; there must be none.
   *
   * @throws WorldException {@code INVALID_ARGUMENT} when it cannot be written
   */
  Writer create() {
    try {
      OutputStream raw = Channels.newOutputStream(forItsOwner());
      OutputStream out = isPacked() ? new GZIPOutputStream(raw) : raw;
      return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    } catch (FileAlreadyExistsException e) {
      throw refused("write", "there is such a file already; name another one, or remove it", e);
    } catch (NoSuchFileException e) {
      throw refused("write", "there is no such directory", e);
    } catch (IOException e) {
      throw refused("write", String.valueOf(e.getMessage()), e);
    }
  }

  /** Who may read it may resume the hooks in it. */
  private SeekableByteChannel forItsOwner() throws IOException {
    boolean isPosix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    return Files.newByteChannel(
        path,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        isPosix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0]);
  }

  /**
   * Opens it.
   *
   * @throws WorldException {@code INVALID_ARGUMENT} when it cannot be read
   */
  BufferedReader open() {
    try {
      InputStream raw = Files.newInputStream(path);
      InputStream in = isPacked() ? new GZIPInputStream(raw) : raw;
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      throw refused("read", "there is no such file", e);
    } catch (IOException e) {
      throw refused("read", String.valueOf(e.getMessage()), e);
    }
  }

  private WorldException refused(String verb, String why, IOException cause) {
    return new WorldException(
        ErrorCode.INVALID_ARGUMENT, "cannot " + verb + " '" + path + "': " + why, cause);
  }
}
