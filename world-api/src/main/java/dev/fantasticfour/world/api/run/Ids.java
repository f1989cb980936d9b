package dev.fantasticfour.world.api.run;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;

/** The one check that every identifier passes before it may reach a store (ID-3). */
public final class Ids {

  private static final int MAX_LENGTH = 255;

  private Ids() {}

  /**
   * Returns the id itself when it is safe.
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

  private static WorldException invalid(String what, String id, String why) {
    String shown = id.length() > 60 ? id.substring(0, 60) + "…" : id;
    return new WorldException(
        ErrorCode.INVALID_ARGUMENT, what + " '" + shown.replace("\0", "\\0") + "' " + why);
  }
}
