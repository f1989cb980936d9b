package dev.fantasticfour.world.core.engine.run;

import java.util.ResourceBundle;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The author's logger: names the run, and is silent while history is told again or nobody executes
 * the run.
 */
final class RunLogger implements System.Logger {

  private final System.Logger target;
  private final String prefix;
  private final BooleanSupplier speaks;

  RunLogger(String workflow, String run, BooleanSupplier speaks) {
    this.target = System.getLogger("world.workflow." + workflow);
    this.prefix = "[" + run + "] ";
    this.speaks = speaks;
  }

  @Override
  public String getName() {
    return target.getName();
  }

  @Override
  public boolean isLoggable(Level level) {
    return speaks.getAsBoolean() && target.isLoggable(level);
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String msg,
      @Nullable Throwable thrown) {
    if (isLoggable(level)) {
      target.log(level, prefix + msg, thrown);
    }
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String format,
      @Nullable Object... params) {
    if (isLoggable(level)) {
      target.log(level, prefix.replace("'", "''") + format, params);
    }
  }
}
