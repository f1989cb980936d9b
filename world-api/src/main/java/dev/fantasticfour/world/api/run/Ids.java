package dev.fantasticfour.world.api.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;

/** The checks that identifiers and names pass before they may reach a store. */
public final class Ids {

  private static final int MAX_LENGTH = 255;

  private Ids() {}

  /**
   * Returns the id itself when it is safe (ID-3).
   *
   * @param what what the id names, for the message
   * @throws WorldException with {@link ErrorCode#INVALID_ARGUMENT} when it is empty, longer than
   *     255 characters, or holds NUL, a slash, a backslash or a dot
   */
  public static String requireSafe(String what, String id) {
    if (id.isEmpty() || id.length() > MAX_LENGTH) {
      throw invalid(what, id, "must have 1 to " + MAX_LENGTH + " characters, has " + id.length());
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (c == 0 || c == '/' || c == '\\' || c == '.') {
        throw invalid(what, id, "must not contain NUL, '/', '\\' or '.' (at index " + i + ")");
      }
    }
    return id;
  }

  /**
   * Returns the text itself when every store can keep it and give it back as it is.
   *
   * @param what what it is, for the message
   * @param max how many bytes it may have in UTF-8, in which stores count
   * @throws WorldException with {@link ErrorCode#INVALID_ARGUMENT} when it is empty, too long, or
   *     holds NUL or half of a surrogate pair
   */
  public static String requireText(String what, String text, int max) {
    if (text.indexOf(0) >= 0 || !UTF_8.newEncoder().canEncode(text)) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          what + " must not contain NUL or half of a surrogate pair, is '" + shown(text) + "'");
    }
    int bytes = text.getBytes(UTF_8).length;
    if (bytes == 0 || bytes > max) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          what + " must have 1 to " + max + " bytes in UTF-8, has " + bytes);
    }
    return text;
  }

  private static WorldException invalid(String what, String id, String why) {
    return new WorldException(ErrorCode.INVALID_ARGUMENT, what + " '" + shown(id) + "' " + why);
  }

  private static String shown(String text) {
    String start = text.length() > 60 ? text.substring(0, 60) + "…" : text;
    return start.replace("\0", "\\0");
  }
}
