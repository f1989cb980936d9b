package dev.fantasticfour.world.cli.replay;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Where the classes of an application are, as {@code java -cp} takes it: jars and folders, and
 * {@code lib/*} for all jars of a folder.
 */
record ClassPath(String text, List<Path> places) {

  private static final String ALL = "*";

  ClassPath {
    places = List.copyOf(places);
  }

  /**
   * Reads one.
   *
   * @throws WorldException {@code INVALID_ARGUMENT} naming the part that is not there
   */
  static ClassPath of(String text) {
    List<Path> places = new ArrayList<>();
    for (String part : text.split(File.pathSeparator)) {
      try {
        places.addAll(part.endsWith(ALL) ? jars(part) : List.of(there(part)));
      } catch (InvalidPathException e) {
        throw refused(part, "is no path");
      }
    }
    return new ClassPath(text, places);
  }

  private static Path there(String part) {
    Path place = Path.of(part);
    if (part.isEmpty() || !Files.exists(place)) {
      throw refused(part, "is not there");
    }
    if (!Files.isDirectory(place) && !isJar(place)) {
      throw refused(part, "is neither a folder nor a jar");
    }
    return place;
  }

  private static List<Path> jars(String part) {
    String parent = part.substring(0, part.length() - ALL.length());
    try (Stream<Path> files = Files.list(Path.of(parent.isEmpty() ? "." : parent))) {
      List<Path> jars = files.filter(ClassPath::isJar).sorted().toList();
      if (jars.isEmpty()) {
        throw refused(part, "stands for no jar");
      }
      return jars;
    } catch (IOException e) {
      throw refused(part, "cannot be read");
    }
  }

  private static boolean isJar(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".jar") && Files.isRegularFile(file);
  }

  private static WorldException refused(String part, String why) {
    return new WorldException(
        ErrorCode.INVALID_ARGUMENT,
        "--classpath: '"
            + part
            + "' "
            + why
            + "; it takes jars and folders, separated by '"
            + File.pathSeparator
            + "', and 'lib/*' for all jars of a folder");
  }

  /** What else may be wrong when a class is not found; empty when nothing is known. */
  String hint() {
    return places.stream().anyMatch(ClassPath::hasJarsWithin)
        ? "; there are jars within a jar, which Java does not look into: unpack it, for one of"
            + " Spring Boot with 'java -Djarmode=tools -jar app.jar extract'"
        : "";
  }

  private static boolean hasJarsWithin(Path place) {
    if (Files.isDirectory(place)) {
      return false;
    }
    try (JarFile jar = new JarFile(place.toFile())) {
      return jar.stream().anyMatch(entry -> entry.getName().endsWith(".jar"));
    } catch (IOException e) {
      return false;
    }
  }
}
