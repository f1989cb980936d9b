package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.workflow.StateType;
import dev.fantasticfour.world.core.port.Draft;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the code of a run shows. Of several values of a name in one turn the last one is written.
 * They are records without a place among the requests: code that is told its history again shows
 * everything again, and at the end of that only what differs from what the log shows is written. So
 * code that shows something else now is no divergence.
 */
final class StateWrites {

  private Map<String, @Nullable Payload> shown = Map.of();

  /** The code shows a value. */
  void publish(String name, @Nullable Payload value) {
    if (value != null && value.size() > StateType.MAX_BYTES) {
      throw new WorldException(
          ErrorCode.PAYLOAD_TOO_LARGE,
          "state '"
              + name
              + "' was not published: its value takes "
              + value.size()
              + " bytes, at most "
              + StateType.MAX_BYTES
              + "; publish less, and keep the rest where it can be looked up");
    }
    shown = shown.isEmpty() ? new LinkedHashMap<>() : shown;
    shown.put(name, value);
  }

  /**
   * All that is recorded was told: what the log shows already needs not be shown again.
   *
   * @param recorded the newest value of each name
   * @param hash what tells two values apart, however they are written
   */
  void endReplay(
      Map<String, Optional<Payload>> recorded, Function<@Nullable Payload, String> hash) {
    if (shown.isEmpty()) {
      return;
    }
    shown
        .entrySet()
        .removeIf(
            each -> {
              Optional<Payload> before = recorded.get(each.getKey());
              return before != null
                  && hash.apply(before.orElse(null)).equals(hash.apply(each.getValue()));
            });
  }

  /** Adds what is shown since the last call to the drafts of the turn. */
  void addTo(List<Draft> drafts, Instant clock) {
    shown.forEach(
        (name, value) ->
            drafts.add(new Draft(null, clock, new RunFact.StatePublished(name, value))));
    shown = Map.of();
  }
}
