package dev.fantasticfour.world.core.observe.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** A call of the store that appends; the quick ones are not worth a line. */
@Name("world.Append")
@Label("Append")
@Category("World")
@Description("A call of the store that appends")
@StackTrace(false)
@Threshold("10 ms")
public final class AppendEvent extends Event {

  /** Asked whether there is a recording that wants these. */
  private static final AppendEvent PROBE = new AppendEvent();

  @Label("Batches")
  private int batches;

  @Label("Run of the first batch")
  private @Nullable String runId;

  private AppendEvent() {}

  /** Begins now; null when nobody records these. */
  static @Nullable AppendEvent now() {
    if (!PROBE.isEnabled()) {
      return null;
    }
    AppendEvent event = new AppendEvent();
    event.begin();
    return event;
  }

  /** It is over. */
  public void over(int batches, @Nullable String run) {
    end();
    if (shouldCommit()) {
      this.batches = batches;
      this.runId = run;
      commit();
    }
  }
}
