package dev.fantasticfour.world.core.engine.history;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes logs by hand, event after event. */
public final class Logs {

  private static final RunId RUN = new RunId("wrun_01KJMMA2KV713W1HS5RA030AV6");
  private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");

  private final List<Event> events = new ArrayList<>();

  /** Somebody else's event. */
  public Logs others(@Nullable String about, Fact fact) {
    return add("others-" + events.size(), Event.NOT_BY_OWNER, about, fact);
  }

  /** An event in a batch of the owner. */
  public Logs owner(String batch, long seen, @Nullable String about, Fact fact) {
    return add(batch, seen, about, fact);
  }

  private Logs add(String batch, long seen, @Nullable String about, Fact fact) {
    long position = events.size() + 1;
    Instant time = BEGIN.plusMillis(position);
    events.add(new Event(RUN, position, "evnt_" + position, time, time, about, batch, seen, fact));
    return this;
  }

  /** The log so far. */
  public List<Event> log() {
    return List.copyOf(events);
  }

  /** One event of it. */
  public Event at(long position) {
    return events.get((int) position - 1);
  }
}
