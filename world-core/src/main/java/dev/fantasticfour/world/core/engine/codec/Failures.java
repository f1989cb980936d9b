package dev.fantasticfour.world.core.engine.codec;

import dev.fantasticfour.world.api.error.Failure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes exceptions into data, within bounds, whatever they are. */
public final class Failures {

  /** How many exceptions of a chain are kept, the outermost first. */
  static final int MAX_DEPTH = 10;

  /** How many characters of a message or a stack trace are kept. */
  static final int MAX_TEXT = 64 * 1024;

  private Failures() {}

  /**
   * The exception with its causes. A chain that bites its tail, or is longer than {@value
   * #MAX_DEPTH}, is cut there.
   */
  public static Failure of(Throwable thrown) {
    return of(thrown, 1, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static Failure of(Throwable thrown, int depth, Set<Throwable> seen) {
    seen.add(thrown);
    Throwable cause = thrown.getCause();
    Failure inner =
        cause == null || depth == MAX_DEPTH || seen.contains(cause)
            ? null
            : of(cause, depth + 1, seen);
    return new Failure(
        thrown.getClass().getName(), clean(message(thrown)), clean(stack(thrown)), inner);
  }

  /** Within the bounds again, for failures that came from elsewhere. */
  static Failure bounded(Failure failure, int depth) {
    Failure cause = failure.cause();
    return new Failure(
        text(clean(failure.type())),
        clean(failure.message()),
        clean(failure.stack()),
        cause == null || depth == MAX_DEPTH ? null : bounded(cause, depth + 1));
  }

  private static @Nullable String message(Throwable thrown) {
    try {
      return thrown.getMessage();
    } catch (RuntimeException e) {
      return "(getMessage() threw " + e.getClass().getName() + ")";
    }
  }

  /** The frames of that exception only: each cause carries its own. */
  private static @Nullable String stack(Throwable thrown) {
    StackTraceElement[] frames = thrown.getStackTrace();
    if (frames.length == 0) {
      return null;
    }
    StringWriter text = new StringWriter();
    PrintWriter lines = new PrintWriter(text);
    for (StackTraceElement frame : frames) {
      if (text.getBuffer().length() > MAX_TEXT) {
        break;
      }
      lines.print("at ");
      lines.print(frame);
      lines.print('\n');
    }
    lines.flush();
    return text.toString();
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  /**
   * Cut to the bound, and without what would keep a store from showing it in SQL: NUL, and halves
   * of surrogate pairs.
   */
  private static @Nullable String clean(@Nullable String value) {
    if (value == null) {
      return null;
    }
    int length = Math.min(value.length(), MAX_TEXT);
    StringBuilder kept = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < length
              && Character.isLowSurrogate(value.charAt(i + 1));
      if (pair) {
        kept.append(c).append(value.charAt(++i));
      } else {
        kept.append(c == 0 || Character.isSurrogate(c) ? '\uFFFD' : c);
      }
    }
    return kept.toString();
  }
}
