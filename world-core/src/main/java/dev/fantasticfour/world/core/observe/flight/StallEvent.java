package dev.fantasticfour.world.core.observe.flight;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.StallCause;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A run stands from now on. */
@Name("world.Stall")
@Label("Stall")
@Category("World")
@Description("A run cannot go on, and stands")
@StackTrace(false)
public final class StallEvent extends Event {

  /** Asked whether there is a recording that wants these. */
  private static final StallEvent PROBE = new StallEvent();

  @Label("Run")
  private @Nullable String runId;

  @Label("Workflow")
  private @Nullable String workflow;

  @Label("Cause")
  private @Nullable String cause;

  private StallEvent() {}

  /** Begins now; null when nobody records these. */
  static @Nullable StallEvent now() {
    if (!PROBE.isEnabled()) {
      return null;
    }
    StallEvent event = new StallEvent();
    event.begin();
    return event;
  }

  /** It is over. */
  public void over(RunId run, String workflow, StallCause cause) {
    end();
    if (shouldCommit()) {
      this.runId = run.value();
      this.workflow = workflow;
      this.cause = cause.word();
      commit();
    }
  }
}
