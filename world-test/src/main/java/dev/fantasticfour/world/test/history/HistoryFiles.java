package dev.fantasticfour.world.test.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Where histories are. */
final class HistoryFiles {

  private static final String ENDING = ".jsonl";

  private HistoryFiles() {}

  /**
   * Files as they are, and those in folders, by name.
   *
   * @throws AssertionError when there is none: a test that replays nothing must not pass
   */
  static List<Path> in(Path... places) {
    List<Path> files = new ArrayList<>();
    for (Path place : places) {
      if (!Files.exists(place)) {
        throw new AssertionError(
            "no histories are replayed: there is no file or folder '"
                + place.toAbsolutePath()
                + "'");
      }
      files.addAll(Files.isDirectory(place) ? below(place) : List.of(place));
    }
    if (files.isEmpty()) {
      throw new AssertionError(
          "no histories are replayed: there is no file that ends with "
              + ENDING
              + " in "
              + Arrays.toString(places)
              + "; write some with `world runs export RUN --out FILE`");
    }
    return files;
  }

  private static List<Path> below(Path folder) {
    try (Stream<Path> found = Files.walk(folder)) {
      return found
          .filter(file -> file.toString().endsWith(ENDING) && Files.isRegularFile(file))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look for histories in '" + folder + "'", e);
    }
  }
}
