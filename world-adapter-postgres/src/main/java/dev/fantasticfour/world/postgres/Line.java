package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.core.rules.Ruling;
import org.jspecify.annotations.Nullable;

/**
 * An event that append_v1 is to write.
 *
 * @param entry what is written
 * @param supposes in what state the store is to look whether the step, hook or wait is; see there
 * @param counted the attempt that its step counts after it; 0 when it stays what it was
 * @param batchId of its own, or null
 * @param bare whether it leaves nothing but itself: what it says was done before
 */
record Line(
    Ruling.Entry entry, Supposes supposes, int counted, @Nullable String batchId, boolean bare) {

  /** One that leaves what such an event leaves. */
  Line(Ruling.Entry entry, Supposes supposes, int counted, @Nullable String batchId) {
    this(entry, supposes, counted, batchId, false);
  }

  /** One under the id of its batch. */
  Line(Ruling.Entry entry, Supposes supposes, int counted) {
    this(entry, supposes, counted, null);
  }

  /** What append_v1 looks at before it writes. */
  enum Supposes {
    /** Nothing that it would not find out by writing. */
    NOTHING(null),
    /** That the hook is live. */
    LIVE_HOOK("l"),
    /** That no such hook ever was, and its token is free. */
    NEW_HOOK("n"),
    /** That the wait is not over. */
    WAITING("w"),
    /** That this attempt of the step may begin now. */
    ATTEMPT_NEXT("t"),
    /** That this attempt of the step runs. */
    ATTEMPT_RUNNING("a"),
    /** That its run is pinned to no build, as its child is then not either. */
    UNPINNED("p"),
    /** That all updates of the run have their answers. */
    NO_OPEN_UPDATES("u");

    private final @Nullable String letter;

    Supposes(@Nullable String letter) {
      this.letter = letter;
    }

    /** How append_v1 is told. */
    @Nullable String letter() {
      return letter;
    }
  }
}
