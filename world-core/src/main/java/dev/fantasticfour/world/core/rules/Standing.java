package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.run.StallCause;
import dev.fantasticfour.world.core.port.Stall;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a run stands that cannot go on.
 *
 * @param since when it was let stand first, of several times in a row
 * @param last when it was let stand last
 * @param cause what kind of reason it was the last time
 * @param reason why, for people
 * @param build the build that is not shown it, until something is appended; null when it is shown
 *     to every build
 */
public record Standing(
    Instant since, Instant last, StallCause cause, String reason, @Nullable String build) {

  /**
   * As it stands after a stall.
   *
   * @param before how it stood until then, or null
   * @param build of the worker that said so
   * @param isDue whether somebody has to look at the run at once, of whatever build
   */
  static Standing after(
      @Nullable Standing before, Stall stall, Instant now, @Nullable String build, boolean isDue) {
    return new Standing(
        before == null ? now : before.since,
        now,
        stall.cause(),
        stall.reason(),
        stall.cause() == StallCause.CODE && !isDue ? build : null);
  }

  /** It is shown to every build. */
  Standing forEveryBuild() {
    return new Standing(since, last, cause, reason, null);
  }
}
