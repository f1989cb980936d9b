package dev.fantasticfour.world.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a demo keeps its logs, and its data when it was told where. */
final class DemoDirectory implements AutoCloseable {

  private final Path path;
  private final boolean temporary;
  private boolean discarded;

  private DemoDirectory(Path path, boolean temporary) {
    this.path = path;
    this.temporary = temporary;
  }

  /**
   * @param chosen by the user, null for a temporary one
   */
  static DemoDirectory open(@Nullable Path chosen) throws IOException {
    return chosen == null
        ? new DemoDirectory(Files.createTempDirectory("world-demo-"), true)
        : new DemoDirectory(Files.createDirectories(chosen.toAbsolutePath()), false);
  }

  Path path() {
    return path;
  }

  /** The directory, unless it is a temporary one. */
  @Nullable Path kept() {
    return temporary ? null : path;
  }

  /** All went well: nobody needs the logs. */
  void discard() {
    discarded = true;
  }

  /** For the end of the JVM, where nobody can be told what went wrong. */
  void discardNow() {
    discard();
    try {
      close();
    } catch (IOException | UncheckedIOException e) {
      // A worker that is just ending may still write its log; the rest is in a temporary place.
    }
  }

  @Override
  public void close() throws IOException {
    if (temporary && discarded && Files.exists(path)) {
      try (Stream<Path> walk = Files.walk(path)) {
        List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
        for (Path each : deepestFirst) {
          Files.deleteIfExists(each);
        }
      }
    }
  }
}
