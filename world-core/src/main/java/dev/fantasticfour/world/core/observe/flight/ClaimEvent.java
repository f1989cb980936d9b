package dev.fantasticfour.world.core.observe.flight;

import dev.fantasticfour.world.api.run.RunId;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A call of the store that takes runs over. */
@Name("world.Claim")
@Label("Claim")
@Category("World")
@Description("Runs are taken over")
@StackTrace(false)
public final class ClaimEvent extends Event {

  /** Asked whether there is a recording that wants these. */
  private static final ClaimEvent PROBE = new ClaimEvent();

  @Label("Wanted")
  private int wanted;

  @Label("Taken")
  private int taken;

  @Label("First run")
  private @Nullable String runId;

  private ClaimEvent() {}

  /** Begins now; null when nobody records these. */
  static @Nullable ClaimEvent now() {
    if (!PROBE.isEnabled()) {
      return null;
    }
    ClaimEvent event = new ClaimEvent();
    event.begin();
    return event;
  }

  /** It is over. */
  public void over(int wanted, int taken, RunId run) {
    end();
    if (shouldCommit()) {
      this.wanted = wanted;
      this.taken = taken;
      this.runId = run.value();
      commit();
    }
  }
}
