package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.port.AppendResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Answers and events without what only the clock of a store decides. */
final class Neutral {

  private Neutral() {}

  static Object neutral(AppendResult result) {
    return switch (result) {
      case AppendResult.Appended a ->
          List.of(
              "appended",
              a.run(),
              neutral(a.events()),
              "" + a.owner(),
              a.taskQueue(),
              neutral(a.unseen()));
      case AppendResult.Repeated a ->
          List.of(
              "repeated",
              a.run(),
              neutral(a.events()),
              "" + a.owner(),
              a.taskQueue(),
              neutral(a.unseen()));
      case AppendResult.Stale s -> List.of("stale", neutral(s.missing()));
      case AppendResult.TooEarly early -> early.after().toDays();
      default -> result;
    };
  }

  static List<Object> neutral(List<?> values) {
    List<Object> neutral = new ArrayList<>();
    for (Object value : values) {
      switch (value) {
        case Event e ->
            neutral.add(
                new Event(
                    e.run(),
                    e.position(),
                    "",
                    Instant.EPOCH,
                    e.occurredAt(),
                    e.correlationId(),
                    e.batchId(),
                    e.seen(),
                    e.fact()));
        case RunRecord r ->
            neutral.add(List.of(r.id(), r.epoch(), "" + r.owner(), r.lostAttempts()));
        default -> neutral.add(value);
      }
    }
    return neutral;
  }
}
