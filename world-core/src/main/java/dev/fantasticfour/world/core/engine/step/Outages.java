package dev.fantasticfour.world.core.engine.step;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.FatalException;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.codec.Failures;

/**
 * Tells what the author's code came to from what World itself could not do for it: that a store
 * does not answer is no attempt of the code that called it. Pure.
 */
final class Outages {

  private Outages() {}

  /**
   * Whether World failed the body: something of World's own that passes is what was thrown, or is
   * behind it. A body that has made up its mind ({@link FatalException}) is believed.
   */
  static boolean areBehind(Throwable thrown) {
    return !(thrown instanceof FatalException)
        && Failures.chain(thrown).stream()
            .anyMatch(
                each ->
                    each instanceof WorldException e
                        && e.code().kind() == ErrorCode.Kind.TRANSIENT);
  }

  /** Whether something was closed under it. */
  static boolean isClosed(Throwable thrown) {
    return Failures.chain(thrown).stream()
        .anyMatch(each -> each instanceof WorldException e && e.code() == ErrorCode.CLOSED);
  }
}
