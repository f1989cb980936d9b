package dev.fantasticfour.world.api.workflow;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;

/** What a persistent name may be: 1 to 1 000 characters without NUL. */
final class Names {

  private static final int MAX_LENGTH = 1000;

  private Names() {}

  static String require(String what, String name) {
    if (name.isBlank() || name.length() > MAX_LENGTH || name.indexOf(0) >= 0) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          what
              + " must have 1 to "
              + MAX_LENGTH
              + " characters without NUL, is '"
              + name.substring(0, Math.min(60, name.length()))
              + "'");
    }
    return name;
  }
}
