package dev.fantasticfour.world.core.observe.flight;

import dev.fantasticfour.world.api.run.RunId;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** The body of a step runs; of the quick ones there would be too many. */
@Name("world.StepBody")
@Label("Step Body")
@Category("World")
@Description("The body of one attempt of a step")
@StackTrace(false)
@Threshold("20 ms")
public final class StepBodyEvent extends Event {

  /** Asked whether there is a recording that wants these. */
  private static final StepBodyEvent PROBE = new StepBodyEvent();

  @Label("Run")
  private @Nullable String runId;

  @Label("Workflow")
  private @Nullable String workflow;

  @Label("Step")
  private @Nullable String step;

  @Label("Attempt")
  private int attempt;

  private StepBodyEvent() {}

  /** Begins now; null when nobody records these. */
  static @Nullable StepBodyEvent now() {
    if (!PROBE.isEnabled()) {
      return null;
    }
    StepBodyEvent event = new StepBodyEvent();
    event.begin();
    return event;
  }

  /** It is over. */
  public void over(RunId run, @Nullable String workflow, String step, int attempt) {
    end();
    if (shouldCommit()) {
      this.runId = run.value();
      this.workflow = workflow;
      this.step = step;
      this.attempt = attempt;
      commit();
    }
  }
}
