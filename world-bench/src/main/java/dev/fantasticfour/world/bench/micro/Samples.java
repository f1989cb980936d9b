package dev.fantasticfour.world.bench.micro;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.history.EntityIds;
import dev.fantasticfour.world.core.engine.history.EntityKind;
import dev.fantasticfour.world.core.rules.Protocol;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The log of a run of steps, as World writes it. */
final class Samples {

  static final RunId RUN = new RunId(RunId.PREFIX + "01ARZ3NDEKTSV4RRFFQ69G5FAV");
  static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  private static final String BATCH = "btch_01ARZ3NDEKTSV4RRFFQ69G5FAV";

  private Samples() {}

  /** Creation, start, and steps up to that many events. */
  static List<Event> log(int events) {
    EntityIds ids = new EntityIds(RUN);
    List<Event> log = new ArrayList<>(events);
    log.add(event(1, null, Event.NOT_BY_OWNER, created()));
    log.add(event(2, null, 0, new Fact.RunStarted(null)));
    for (int step = 0; log.size() < events; step++) {
      log.add(
          event(
              log.size() + 1,
              ids.id(EntityKind.STEP, "", "step", step),
              log.size(),
              new Fact.StepCompleted(
                  site(step), 1, TIME, Payload.json("{\"number\":" + step + "}"))));
    }
    return log;
  }

  static Fact created() {
    return new Fact.RunCreated(
        "steps",
        "bench",
        Protocol.SPEC_VERSION,
        "bench",
        Payload.json("7"),
        null,
        null,
        Map.of(),
        null);
  }

  static Site site(int step) {
    return new Site("step", "", step);
  }

  private static Event event(long position, @Nullable String id, long seen, Fact fact) {
    return new Event(RUN, position, "evnt_" + position, TIME, TIME, id, BATCH, seen, fact);
  }
}
