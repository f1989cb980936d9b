package dev.fantasticfour.world.cli.replay;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.export.HistoryReader;
import dev.fantasticfour.world.core.engine.export.RunHistory;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Files that {@code runs export} wrote. */
final class HistoryFiles {

  private static final String ENDING = ".jsonl";

  private HistoryFiles() {}

  /**
   * Files as they are, and those in folders, by name.
   *
   * @throws WorldException {@code INVALID_ARGUMENT} when a place is not there, or holds none
   */
  static List<Path> in(List<Path> places) {
    List<Path> files = new ArrayList<>();
    for (Path place : places) {
      List<Path> found = Files.isDirectory(place) ? below(place) : List.of(place);
      if (found.isEmpty()) {
        throw refused(place, "there is no file that ends with " + ENDING, null);
      }
      files.addAll(found);
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
      throw refused(folder, e.toString(), e);
    }
  }

  /**
   * All that a file holds.
   *
   * @throws WorldException {@code INVALID_ARGUMENT} saying what is wrong with it
   */
  static List<RunHistory> read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw refused(file, "there is no such file", null);
    }
    try (Reader in = Files.newBufferedReader(file)) {
      return HistoryReader.read(file.toString(), in);
    } catch (IOException e) {
      throw refused(file, e.toString(), e);
    }
  }

  private static WorldException refused(Path place, String why, @Nullable IOException cause) {
    return new WorldException(
        ErrorCode.INVALID_ARGUMENT, "cannot read histories of '" + place + "': " + why, cause);
  }
}
