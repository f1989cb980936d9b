package dev.fantasticfour.world.test.history;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.export.HistoryReader;
import dev.fantasticfour.world.core.engine.export.RunHistory;
import java.io.IOException;
import java.io.Reader;
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

  /**
   * All that a file holds.
   *
   * @throws WorldException naming the file, and what is wrong with it
   */
  static List<RunHistory> read(Path file) {
    try (Reader in = Files.newBufferedReader(file)) {
      return HistoryReader.read(file.toString(), in);
    } catch (IOException e) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT, "cannot read history '" + file + "': " + e, e);
    }
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
