package dev.fantasticfour.world.postgres.attack;

import java.util.function.IntPredicate;

/** The types of the messages in a stream of PostgreSQL's protocol, whatever its pieces are. */
final class Frames {

  private boolean typed;
  private int type;
  private int headerSeen;
  private long length;
  private long left;

  private Frames(boolean typed) {
    this.typed = typed;
  }

  /** What a client says; its first message has no type. */
  static Frames ofClient() {
    return new Frames(false);
  }

  static Frames ofServer() {
    return new Frames(true);
  }

  /** Reads on; whether a message that is wanted ended in these bytes. */
  boolean ends(byte[] bytes, int count, IntPredicate wanted) {
    boolean found = false;
    int at = 0;
    while (at < count) {
      if (left > 0) {
        int skipped = (int) Math.min(left, count - at);
        at += skipped;
        left -= skipped;
      } else {
        header(bytes[at++] & 0xff);
      }
      if (headerSeen == 5 && left == 0) {
        found |= wanted.test(type);
        headerSeen = 0;
        typed = true;
      }
    }
    return found;
  }

  private void header(int next) {
    if (headerSeen == 0 && typed) {
      type = next;
      headerSeen = 1;
      return;
    }
    headerSeen = Math.max(headerSeen, 1);
    length = headerSeen == 1 ? next : length << 8 | next;
    headerSeen++;
    if (headerSeen == 5) {
      left = length - 4;
    }
  }
}
