package dev.fantasticfour.world.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The migrations that databases of users may have run, by their SHA-256, one a line as {@code
 * sha256sum} writes it: they stay as they are, and new ones come after them.
 */
final class FrozenMigrations {

  private FrozenMigrations() {}

  /**
   * What is wrong, in sentences; empty where all is well.
   *
   * @param list the released ones; where there is no such file, nothing has been released
   */
  static List<String> troubles(Path list, Path migrations) throws IOException {
    if (!Files.exists(list)) {
      return List.of();
    }
    Map<String, String> released = released(list);
    List<String> troubles = new ArrayList<>();
    TreeSet<String> present = new TreeSet<>();
    try (Stream<Path> files = Files.list(migrations)) {
      files.map(file -> file.getFileName().toString()).forEach(present::add);
    }
    String last = new TreeSet<>(released.keySet()).last();
    for (Map.Entry<String, String> each : released.entrySet()) {
      if (!present.contains(each.getKey())) {
        troubles.add(each.getKey() + " has been released, and is gone: put it back");
      } else if (!sha256(migrations.resolve(each.getKey())).equals(each.getValue())) {
        troubles.add(
            each.getKey()
                + " has been released, and was changed: put it back as it was, and change the"
                + " schema in a new migration");
      }
    }
    for (String each : present.headSet(last)) {
      if (!released.containsKey(each)) {
        troubles.add(
            each + " comes before " + last + ", which has been released: number it after that");
      }
    }
    return troubles;
  }

  private static Map<String, String> released(Path list) throws IOException {
    Map<String, String> released = new LinkedHashMap<>();
    for (String line : Files.readAllLines(list)) {
      String[] words = line.strip().split("\\s+");
      if (words.length != 2 || !words[0].matches("[0-9a-f]{64}")) {
        throw new IllegalArgumentException(list + ": no line of sha256sum: " + line);
      }
      released.put(words[1], words[0]);
    }
    if (released.isEmpty()) {
      throw new IllegalArgumentException(list + " names no migration: remove it");
    }
    return released;
  }

  static String sha256(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
