package dev.fantasticfour.world.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Unpacked server binaries, kept from one JVM to the next in one directory per user.
 *
 * <p>Every entry is unpacked beside its final place and moved there in one step, under a lock that
 * holds between threads and between processes: any number of JVMs may start at the same time on a
 * fresh machine. An entry from which files vanished (temporary directories get tidied) is unpacked
 * anew.
 */
final class BinaryCache {
  private static final Object ONE_THREAD_AT_A_TIME = new Object();
  private static final String MANIFEST = "MANIFEST";
  private static final Set<PosixFilePermission> READABLE_BY_ALL =
      PosixFilePermissions.fromString("rwxr-xr-x");

  private final Path root;

  BinaryCache(Path root) {
    this.root = root;
  }

  /** Writes the files of an entry into the given empty directory. */
  @FunctionalInterface
  interface Unpacking {
    void into(Path directory) throws IOException;
  }

  /**
   * The cache of this user: the system property {@code world.embedded.cache} if set, else the
   * user's cache directory. Root has its cache below the temporary directory, because servers that
   * run for root run as another user, who may not enter root's home.
   */
  static BinaryCache ofUser() {
    String chosen = System.getProperty("world.embedded.cache");
    if (chosen != null) {
      return new BinaryCache(Path.of(chosen));
    }
    String user = System.getProperty("user.name");
    Path home = Path.of(System.getProperty("user.home"));
    if (user.equals("root") || !Files.isWritable(home)) {
      return new BinaryCache(
          Path.of(System.getProperty("java.io.tmpdir"), "world-embedded-" + user));
    }
    Path caches =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .filter(value -> !value.isBlank())
            .map(Path::of)
            .orElse(home.resolve(".cache"));
    return new BinaryCache(caches.resolve("world-embedded"));
  }

  /**
   * The directory of the entry {@code key}, unpacked now if it is not there complete.
   *
   * @param key name of the entry; names version and checksum, so that it never changes its content
   * @throws EmbeddedServerException if it cannot be unpacked
   */
  Path entry(String key, Unpacking unpacking) {
    Path entry = root.resolve(key);
    try {
      refuseDirectoryOfAnotherUser();
      if (isComplete(entry)) {
        return entry;
      }
      synchronized (ONE_THREAD_AT_A_TIME) {
        unpackUnderLock(key, unpacking, entry);
      }
      return entry;
    } catch (IOException e) {
      throw new EmbeddedServerException("Cannot unpack server binaries into " + entry, e);
    }
  }

  private void unpackUnderLock(String key, Unpacking unpacking, Path entry) throws IOException {
    Files.createDirectories(root);
    Files.setPosixFilePermissions(root, READABLE_BY_ALL);
    refuseDirectoryOfAnotherUser();
    try (FileChannel channel =
            FileChannel.open(
                root.resolve(key + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (!lock.isValid()) {
        throw new IOException("lock on " + key + " was lost");
      }
      if (isComplete(entry)) {
        return;
      }
      removeLeftovers(key, entry);
      Path staging = Files.createTempDirectory(root, key + ".new-");
      unpacking.into(staging);
      Files.setPosixFilePermissions(staging, READABLE_BY_ALL);
      writeManifest(staging);
      Files.move(staging, entry, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Whoever owns the directory decides what we execute, and names in /tmp can be taken. */
  private void refuseDirectoryOfAnotherUser() throws IOException {
    if (Files.notExists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    String owner = Files.getOwner(root, LinkOption.NOFOLLOW_LINKS).getName();
    Optional<String> me = ProcessHandle.current().info().user();
    if (me.isPresent() && !me.get().equals(owner)) {
      throw new IOException(root + " belongs to " + owner + ", not to " + me.get());
    }
  }

  private void removeLeftovers(String key, Path entry) throws IOException {
    new DirectoryTree(entry).delete();
    try (DirectoryStream<Path> abandoned = Files.newDirectoryStream(root, key + ".new-*")) {
      for (Path staging : abandoned) {
        new DirectoryTree(staging).delete();
      }
    }
  }

  private static void writeManifest(Path staging) throws IOException {
    List<String> names =
        new DirectoryTree(staging)
            .paths().stream().map(path -> staging.relativize(path).toString()).toList();
    Files.write(staging.resolve(MANIFEST), names);
  }

  private static boolean isComplete(Path entry) throws IOException {
    Path manifest = entry.resolve(MANIFEST);
    if (!Files.isRegularFile(manifest)) {
      return false;
    }
    return Files.readAllLines(manifest).stream()
        .allMatch(name -> Files.exists(entry.resolve(name), LinkOption.NOFOLLOW_LINKS));
  }
}
