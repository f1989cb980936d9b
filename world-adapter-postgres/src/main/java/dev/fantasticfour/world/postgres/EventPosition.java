package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.core.rules.EventIds;

/** The position inside an event id, which makes a lookup by id one by primary key. */
final class EventPosition {

  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int LENGTH = EventIds.PREFIX.length() + 26;

  private EventPosition() {}

  /** The position, or 0 when that is no id of ours. */
  static long of(String eventId) {
    if (eventId.length() != LENGTH || !eventId.startsWith(EventIds.PREFIX)) {
      return 0;
    }
    long position = 0;
    for (int i = LENGTH - 10; i < LENGTH; i++) {
      int digit = ALPHABET.indexOf(eventId.charAt(i));
      if (digit < 0) {
        return 0;
      }
      position = position << 5 | digit;
    }
    return position;
  }
}
