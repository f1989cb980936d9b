package dev.fantasticfour.world.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory with all that is below it; symbolic links are not followed. */
record DirectoryTree(Path root) {

  /** Every path of the tree, parents before their children; empty if there is no such directory. */
  List<Path> paths() throws IOException {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.toList();
    }
  }

  /** Removes the tree; a tree that is not there, or that someone else removes too, is fine. */
  void delete() throws IOException {
    for (Path path : paths().stream().sorted(Comparator.reverseOrder()).toList()) {
      try {
        Files.deleteIfExists(path);
      } catch (NoSuchFileException e) {
        continue; // its parent went first, which is what we want
      }
    }
  }
}
