package dev.fantasticfour.world.api.error;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stands for an exception that was recorded, perhaps by another process: with its message, its
 * stack frames, its causes and what was suppressed in it, and printed under the name of its class.
 * That class itself is never loaded (law L10), so look at {@link #failure()}, not at the type of
 * this object.
 */
public final class RecordedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** {@code at loader/module@1/pack.Type.method(File.java:12)}, most of it optional. */
  private static final Pattern FRAME =
      Pattern.compile("at (?:[^(]*/)?([^(/]+)\\.([^(./]+)\\(([^():]*)(?::(\\d{1,9}))?\\)");

  private static final int NATIVE = -2;
  private static final int UNKNOWN = -1;

  private final Failure failure;

  /** The exception that was recorded so. */
  public RecordedException(Failure failure) {
    super(failure.message(), cause(failure.cause()));
    this.failure = failure;
    String stack = failure.stack();
    setStackTrace(
        stack == null
            ? new StackTraceElement[0]
            : stack
                .lines()
                .map(String::strip)
                .flatMap(RecordedException::frame)
                .toArray(StackTraceElement[]::new));
    failure.suppressed().forEach(each -> addSuppressed(new RecordedException(each)));
  }

  /** What was recorded. */
  public Failure failure() {
    return failure;
  }

  /** The frames are those that were recorded; where this object was made is nobody's business. */
  @Override
  public Throwable fillInStackTrace() {
    return this;
  }

  /** As the exception itself would have shown: its type, and its message. */
  @Override
  public String toString() {
    return failure.toString();
  }

  private static @Nullable RecordedException cause(@Nullable Failure failure) {
    return failure == null ? null : new RecordedException(failure);
  }

  private static Stream<StackTraceElement> frame(String line) {
    Matcher frame = FRAME.matcher(line);
    return frame.matches()
        ? Stream.of(
            new StackTraceElement(
                Objects.requireNonNull(frame.group(1)),
                Objects.requireNonNull(frame.group(2)),
                frame.group(3),
                number(frame.group(3), frame.group(4))))
        : Stream.empty();
  }

  private static int number(@Nullable String file, @Nullable String line) {
    if (line != null) {
      return Integer.parseInt(line);
    }
    return "Native Method".equals(file) ? NATIVE : UNKNOWN;
  }
}
