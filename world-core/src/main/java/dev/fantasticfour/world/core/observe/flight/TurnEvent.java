package dev.fantasticfour.world.core.observe.flight;

import dev.fantasticfour.world.api.run.RunId;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A turn of a run. */
@Name("world.Turn")
@Label("Turn")
@Category("World")
@Description("A turn of a run, with the code of the workflow in it")
@StackTrace(false)
public final class TurnEvent extends Event {

  /** Asked whether there is a recording that wants these. */
  private static final TurnEvent PROBE = new TurnEvent();

  @Label("Run")
  private @Nullable String runId;

  @Label("Workflow")
  private @Nullable String workflow;

  private TurnEvent() {}

  /** Begins now; null when nobody records these. */
  static @Nullable TurnEvent now() {
    if (!PROBE.isEnabled()) {
      return null;
    }
    TurnEvent event = new TurnEvent();
    event.begin();
    return event;
  }

  /** It is over. */
  public void over(RunId run, String workflow) {
    end();
    if (shouldCommit()) {
      this.runId = run.value();
      this.workflow = workflow;
      commit();
    }
  }
}
