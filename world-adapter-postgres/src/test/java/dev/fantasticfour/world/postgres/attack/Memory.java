package dev.fantasticfour.world.postgres.attack;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** The accepted batches of a side, and what was answered: saying one again is answered alike. */
final class Memory {

  private final List<Batch> accepted = new ArrayList<>();
  private final Map<String, List<Event>> answered = new HashMap<>();

  synchronized Optional<Batch> any(Random random) {
    int number = random.nextInt(1_000_000);
    return accepted.isEmpty()
        ? Optional.empty()
        : Optional.of(accepted.get(number % accepted.size()));
  }

  /** What the caller makes of an answer, in the light of earlier ones. */
  synchronized Answer judge(Batch batch, AppendResult result) {
    List<Event> before = answered.get(batch.id());
    List<Event> now =
        switch (result) {
          case AppendResult.Appended a -> a.events();
          case AppendResult.Repeated a -> a.events();
          default -> null;
        };
    if (before == null) {
      if (now != null) {
        accepted.add(batch);
        answered.put(batch.id(), now);
      }
      return now != null && now.isEmpty()
          ? Answer.ofFault(batch.id(), "accepted without an event")
          : Answer.of(batch, result);
    }
    return result instanceof AppendResult.Repeated && before.equals(now)
        ? Answer.of(batch, result)
        : Answer.ofFault(batch.id(), "was accepted as " + before + ", now answers " + result);
  }
}
