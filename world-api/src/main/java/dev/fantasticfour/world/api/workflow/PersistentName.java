package dev.fantasticfour.world.api.workflow;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.Ids;

/**
 * What a persistent name may be: well-formed text of 1 to 1 000 bytes in UTF-8 without NUL, not all
 * blank.
 */
final class PersistentName {

  private static final int MAX_BYTES = 1000;

  private PersistentName() {}

  static String require(String what, String name) {
    if (!name.isEmpty() && name.isBlank()) {
      throw new WorldException(ErrorCode.INVALID_ARGUMENT, what + " must not be blank");
    }
    return Ids.requireText(what, name, MAX_BYTES);
  }
}
