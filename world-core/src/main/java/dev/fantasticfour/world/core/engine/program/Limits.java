package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.Ids;
import dev.fantasticfour.world.core.rules.Protocol;
import dev.fantasticfour.world.core.rules.Shape;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What no store takes is refused where the author asks for it, before it has a place in the
 * history; found only in the append, it would let the run stand.
 */
public final class Limits {

  private Limits() {}

  /** The name of a step without a key. */
  static void requireStepName(String name) {
    if (name.isBlank()) {
      throw invalid("step name must not be blank");
    }
    Ids.requireText("step name", name, Protocol.MAX_NAME_BYTES);
  }

  /** The name of a change of the code. */
  static void requireChange(String id) {
    if (id.isBlank()) {
      throw invalid("the id of a change must not be blank");
    }
    Ids.requireText("id of a change", id, Protocol.MAX_NAME_BYTES);
  }

  static void requireToken(String token) {
    if (token.isEmpty() || token.length() > Protocol.MAX_TOKEN_LENGTH || !isStorable(token)) {
      throw invalid(
          "hook token must have 1 to "
              + Protocol.MAX_TOKEN_LENGTH
              + " well-formed characters without NUL, has "
              + token.length());
    }
  }

  /** The time to wait for, as every store keeps it; one before all time is merely long past. */
  static Instant time(Instant time) {
    if (time.isAfter(Shape.LATEST)) {
      throw invalid("cannot wait until " + time + ": beyond the end of time, " + Shape.LATEST);
    }
    return asKept(time.isBefore(Shape.EARLIEST) ? Shape.EARLIEST : time);
  }

  /** The time after a pause, or the latest that every store keeps. */
  public static Instant after(Instant time, Duration pause) {
    Duration left = Duration.between(time, Shape.LATEST);
    Instant end = pause.compareTo(left) < 0 ? time.plus(pause) : Shape.LATEST;
    return pause.isNegative() ? time : asKept(end);
  }

  /** As exact as every store keeps it, and no sooner: nobody is woken before their time. */
  private static Instant asKept(Instant time) {
    Instant cut = time.truncatedTo(ChronoUnit.MICROS);
    Instant next = cut.plus(1, ChronoUnit.MICROS);
    return cut.equals(time) || next.isAfter(Shape.LATEST) ? cut : next;
  }

  private static boolean isStorable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (c == 0 || Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }

  private static WorldException invalid(String message) {
    return new WorldException(ErrorCode.INVALID_ARGUMENT, message);
  }
}
