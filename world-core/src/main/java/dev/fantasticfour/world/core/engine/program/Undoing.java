package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.error.CompensationFailedException;
import dev.fantasticfour.world.core.engine.codec.Failures;
import org.jspecify.annotations.Nullable;

/** What code has let out over something that could not be undone. */
final class Undoing {

  private Undoing() {}

  /**
   * What is recorded of code that let that out while a compensation failed: where that is only
   * suppressed in it, as try-with-resources has it, it becomes the cause.
   *
   * @return null when no compensation failed
   */
  static @Nullable Throwable failedIn(Throwable thrown) {
    for (Throwable each : Failures.all(thrown)) {
      if (each instanceof CompensationFailedException failed) {
        return isInChain(failed, thrown) ? thrown : becauseOf(thrown, failed);
      }
    }
    return null;
  }

  private static boolean isInChain(Throwable failed, Throwable thrown) {
    return Failures.chain(thrown).stream().anyMatch(each -> each == failed);
  }

  private static Throwable becauseOf(Throwable thrown, CompensationFailedException failed) {
    return failed.getCause() == null ? failed.initCause(thrown) : failed;
  }
}
