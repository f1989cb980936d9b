package dev.fantasticfour.world.core.observe.flight;

import dev.fantasticfour.world.api.run.RunId;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** The code of a run is built up again. */
@Name("world.Replay")
@Label("Replay")
@Category("World")
@Description("The code of a run is built up again from its log")
@StackTrace(false)
public final class ReplayEvent extends Event {

  /** Asked whether there is a recording that wants these. */
  private static final ReplayEvent PROBE = new ReplayEvent();

  @Label("Run")
  private @Nullable String runId;

  @Label("Workflow")
  private @Nullable String workflow;

  @Label("Events")
  private long events;

  private ReplayEvent() {}

  /** Begins now; null when nobody records these. */
  static @Nullable ReplayEvent now() {
    if (!PROBE.isEnabled()) {
      return null;
    }
    ReplayEvent event = new ReplayEvent();
    event.begin();
    return event;
  }

  /** It is over. */
  public void over(RunId run, String workflow, long events) {
    end();
    if (shouldCommit()) {
      this.runId = run.value();
      this.workflow = workflow;
      this.events = events;
      commit();
    }
  }
}
