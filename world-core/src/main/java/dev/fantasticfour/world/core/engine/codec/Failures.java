package dev.fantasticfour.world.core.engine.codec;

import dev.fantasticfour.world.api.error.Failure;
import dev.fantasticfour.world.api.error.RecordedException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes exceptions into data, within bounds, whatever they are. */
public final class Failures {

  /** How many exceptions of a chain are kept, the outermost first. */
  static final int MAX_DEPTH = 10;

  /** How many exceptions are kept in all, causes and suppressed ones. */
  static final int MAX_EXCEPTIONS = 30;

  /** How many frames of a stack trace are printed. */
  static final int MAX_FRAMES = 20;

  /** How many characters of a message or a stack trace are kept. */
  static final int MAX_TEXT = 64 * 1024;

  private Failures() {}

  /**
   * The exception with its causes and what was suppressed in it. A chain that bites its tail, or is
   * longer than {@value #MAX_DEPTH}, is cut there. One that stands for a recorded failure is that
   * failure.
   */
  public static Failure of(Throwable thrown) {
    return new Kept().of(thrown, 1);
  }

  /**
   * As a stack trace is printed, with no more than the first {@value #MAX_FRAMES} frames of each.
   */
  public static String text(Failure failure) {
    StringBuilder text = new StringBuilder(failure.toString());
    String stack = failure.stack();
    if (stack != null) {
      stack.lines().limit(MAX_FRAMES).forEach(line -> text.append("\n\t").append(line));
    }
    Failure cause = failure.cause();
    if (cause != null) {
      text.append("\nCaused by: ").append(text(cause));
    }
    return text.toString();
  }

  /** Within the bounds again, for failures that came from elsewhere. */
  static Failure bounded(Failure failure) {
    return new Kept().bounded(failure, 1);
  }

  /** What is kept of one failure, all its causes and suppressed ones together. */
  private static final class Kept {

    private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private int left = MAX_EXCEPTIONS;

    private Failure of(Throwable thrown, int depth) {
      if (thrown instanceof RecordedException recorded) {
        return bounded(recorded.failure(), depth);
      }
      seen.add(thrown);
      left--;
      Throwable cause = thrown.getCause();
      Failure inner = cause != null && takes(cause, depth) ? of(cause, depth + 1) : null;
      List<Failure> suppressed = new ArrayList<>();
      for (Throwable each : thrown.getSuppressed()) {
        if (takes(each, depth)) {
          suppressed.add(of(each, depth + 1));
        }
      }
      return new Failure(
          thrown.getClass().getName(),
          clean(message(thrown)),
          clean(stack(thrown)),
          inner,
          suppressed);
    }

    private Failure bounded(Failure failure, int depth) {
      left--;
      Failure cause = failure.cause();
      Failure inner = cause != null && takes(depth) ? bounded(cause, depth + 1) : null;
      List<Failure> suppressed = new ArrayList<>();
      for (Failure each : failure.suppressed()) {
        if (takes(depth)) {
          suppressed.add(bounded(each, depth + 1));
        }
      }
      return new Failure(
          text(clean(failure.type())),
          clean(failure.message()),
          clean(failure.stack()),
          inner,
          suppressed);
    }

    private boolean takes(Throwable next, int depth) {
      return takes(depth) && !seen.contains(next);
    }

    private boolean takes(int depth) {
      return depth < MAX_DEPTH && left > 0;
    }
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
