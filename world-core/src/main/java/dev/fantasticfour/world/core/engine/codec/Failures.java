package dev.fantasticfour.world.core.engine.codec;

import dev.fantasticfour.world.api.error.Failure;
import dev.fantasticfour.world.api.error.RecordedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes exceptions into data, within bounds, whatever they are: they are objects of the user, whose
 * methods may answer null or throw, and neither must keep anybody from recording that there was
 * one.
 */
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
      Throwable cause = cause(thrown);
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

  /** The exception and its causes, within the bounds of {@link #of}; the outermost first. */
  public static List<Throwable> chain(Throwable thrown) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Throwable> chain = new ArrayList<>();
    Throwable next = thrown;
    while (next != null && chain.size() < MAX_DEPTH && seen.add(next)) {
      chain.add(next);
      next = cause(next);
    }
    return chain;
  }

  /** Itself, its causes, and all that is suppressed in them, within the bounds of {@link #of}. */
  public static List<Throwable> all(Throwable thrown) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Throwable> all = new ArrayList<>();
    seen.add(thrown);
    all.add(thrown);
    for (int i = 0; i < all.size() && all.size() < MAX_EXCEPTIONS; i++) {
      Throwable each = all.get(i);
      Throwable cause = cause(each);
      Stream.concat(Stream.ofNullable(cause), Arrays.stream(each.getSuppressed()))
          .filter(seen::add)
          .forEach(all::add);
    }
    return all;
  }

  /** One line: the type and what it says. */
  public static String line(Throwable thrown) {
    String message = message(thrown);
    String type = thrown.getClass().getName();
    return message == null ? type : type + ": " + message;
  }

  /** Where it was thrown, as far as it says so. */
  static StackTraceElement[] frames(Throwable thrown) {
    StackTraceElement[] frames = asked(thrown::getStackTrace, "getStackTrace").value();
    return frames == null || Arrays.asList(frames).contains(null)
        ? new StackTraceElement[0]
        : frames;
  }

  /** Frames as text, one a line; null when there is none. */
  public static @Nullable String text(StackTraceElement @Nullable [] frames) {
    if (frames == null || frames.length == 0) {
      return null;
    }
    StringBuilder text = new StringBuilder();
    for (StackTraceElement frame : frames) {
      if (text.length() > MAX_TEXT) {
        break;
      }
      text.append("at ").append(frame).append('\n');
    }
    return text.toString();
  }

  private static @Nullable Throwable cause(Throwable thrown) {
    return asked(thrown::getCause, "getCause").value();
  }

  private static @Nullable String message(Throwable thrown) {
    CallResult<String> message = asked(thrown::getMessage, "getMessage");
    return message.refusal() == null ? message.value() : message.refusal();
  }

  /** The frames of that exception only: each cause carries its own. */
  private static @Nullable String stack(Throwable thrown) {
    CallResult<String> text = asked(() -> text(thrown.getStackTrace()), "getStackTrace");
    return text.refusal() == null ? text.value() : text.refusal();
  }

  /**
   * What a method of the user answered.
   *
   * @param refusal what it did instead, or null
   */
  private record CallResult<T>(@Nullable T value, @Nullable String refusal) {}

  /** Whatever it throws: an error of the machine here costs a line of text and not the outcome. */
  private static <T> CallResult<T> asked(Supplier<? extends @Nullable T> method, String name) {
    try {
      return new CallResult<>(method.get(), null);
    } catch (Throwable e) {
      return new CallResult<>(null, "(" + name + "() threw " + e.getClass().getName() + ")");
    }
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
