package dev.fantasticfour.world.core.observe.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A heartbeat. */
@Name("world.Beat")
@Label("Beat")
@Category("World")
@Description("A heartbeat of the worker")
@StackTrace(false)
public final class BeatEvent extends Event {

  /** Asked whether there is a recording that wants these. */
  private static final BeatEvent PROBE = new BeatEvent();

  @Label("Worker")
  private @Nullable String worker;

  private BeatEvent() {}

  /** Begins now; null when nobody records these. */
  static @Nullable BeatEvent now() {
    if (!PROBE.isEnabled()) {
      return null;
    }
    BeatEvent event = new BeatEvent();
    event.begin();
    return event;
  }

  /** It is over. */
  public void over(String worker) {
    end();
    if (shouldCommit()) {
      this.worker = worker;
      commit();
    }
  }
}
