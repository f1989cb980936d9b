package dev.fantasticfour.world.bench.row;

import dev.fantasticfour.world.core.engine.append.PumpLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Another form of the store.
 *
 * @param name for people
 * @param sql what makes it of the one that is, on a fresh database that was migrated; may be empty
 * @param lanes how many lanes append
 */
public record Variant(String name, String sql, int lanes) {

  private static final int LANES = PumpLimits.DEFAULT.lanes();
  private static final String LANES_WORD = "lanes=";

  /** The form that is. */
  static Variant none(String name) {
    return new Variant(name, "", LANES);
  }

  /**
   * Reads one as it is told: {@code lanes=3}, or the name of a file of SQL.
   *
   * @throws IllegalArgumentException saying which cannot be read
   */
  public static Variant parse(String text) {
    if (text.startsWith(LANES_WORD)) {
      String number = text.substring(LANES_WORD.length());
      if (!number.matches("[1-9]")) {
        throw new IllegalArgumentException("lanes must be from 1 to 9, not '" + number + "'");
      }
      return new Variant(number + " lanes", "", Integer.parseInt(number));
    }
    Path file = Path.of(text);
    try {
      String name = String.valueOf(file.getFileName()).replaceFirst("\\.sql$", "");
      return new Variant(name, Files.readString(file), LANES);
    } catch (IOException e) {
      throw new IllegalArgumentException("the variant '" + text + "' cannot be read", e);
    }
  }
}
