package dev.fantasticfour.world.core.engine.program;

import java.text.MessageFormat;
import java.util.ResourceBundle;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The logger of those who write workflows and steps: says which run speaks, and goes where World's
 * own lines go. That of a workflow is silent while history is told again or nobody executes the
 * run.
 */
public final class AuthorLogger implements System.Logger {

  private final Logger target;
  private final String prefix;
  private final BooleanSupplier speaks;

  private AuthorLogger(String name, String speaker, BooleanSupplier speaks) {
    this.target = LoggerFactory.getLogger(name);
    this.prefix = "[" + speaker + "] ";
    this.speaks = speaks;
  }

  /** Of the code of a workflow: {@code world.workflow.<name>}. */
  static AuthorLogger ofWorkflow(String workflow, String run, BooleanSupplier speaks) {
    return new AuthorLogger("world.workflow." + workflow, run, speaks);
  }

  /** Of the body of a step: {@code world.step.<name>}. */
  public static AuthorLogger ofStep(String step, String run, int attempt) {
    return new AuthorLogger("world.step." + step, run + " " + step + " #" + attempt, () -> true);
  }

  @Override
  public String getName() {
    return target.getName();
  }

  @Override
  public boolean isLoggable(Level level) {
    return speaks.getAsBoolean()
        && switch (level) {
          case ALL, TRACE -> target.isTraceEnabled();
          case DEBUG -> target.isDebugEnabled();
          case INFO -> target.isInfoEnabled();
          case WARNING -> target.isWarnEnabled();
          case ERROR -> target.isErrorEnabled();
          case OFF -> false;
        };
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String msg,
      @Nullable Throwable thrown) {
    if (isLoggable(level)) {
      write(level, prefix + translated(bundle, msg), thrown);
    }
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String format,
      @Nullable Object... params) {
    if (isLoggable(level)) {
      write(level, prefix + formatted(translated(bundle, format), params), null);
    }
  }

  private void write(Level level, String line, @Nullable Throwable thrown) {
    switch (level) {
      case ALL, TRACE -> target.trace("{}", line, thrown);
      case DEBUG -> target.debug("{}", line, thrown);
      case INFO -> target.info("{}", line, thrown);
      case WARNING -> target.warn("{}", line, thrown);
      case ERROR -> target.error("{}", line, thrown);
      case OFF -> {}
    }
  }

  private static @Nullable String translated(
      @Nullable ResourceBundle bundle, @Nullable String key) {
    return bundle != null && key != null && bundle.containsKey(key) ? bundle.getString(key) : key;
  }

  /** As {@code System.Logger} has it; what is no format is said as it is. */
  private static @Nullable String formatted(@Nullable String format, @Nullable Object[] params) {
    if (format == null || params == null || params.length == 0) {
      return format;
    }
    try {
      return MessageFormat.format(format, params);
    } catch (IllegalArgumentException e) {
      return format;
    }
  }
}
