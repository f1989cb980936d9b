package dev.fantasticfour.world.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/** What a script returned, read from front to back. */
final class ScriptReply {

  private final List<?> values;
  private int next;

  ScriptReply(List<?> values) {
    this.values = values;
  }

  boolean hasNext() {
    return next < values.size();
  }

  long number() {
    return switch (values.get(next++)) {
      case Number number -> number.longValue();
      case byte[] digits -> Long.parseLong(new String(digits, UTF_8));
      case Object other ->
          throw new IllegalStateException("a number was expected, not " + other.getClass());
    };
  }

  byte[] bytes() {
    return (byte[]) values.get(next++);
  }

  String text() {
    return new String(bytes(), UTF_8);
  }
}
