package dev.fantasticfour.world.core.engine.history;

import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a log says the code has set of its attributes, name by name. They have no place among its
 * requests: what it says again is known by what it says, and code that says something else now is
 * no divergence. For one thread.
 */
public final class RecordedAttributes {

  private final Map<String, Deque<Optional<AttributeValue>>> set = new HashMap<>();
  private Map<String, AttributeValue> initial = Map.of();

  void read(Event event) {
    if (event.fact() instanceof Fact.RunCreated created) {
      initial = created.attributes();
    } else if (event.byOwner() && event.fact() instanceof RunFact.AttributesSet changes) {
      changes
          .changes()
          .forEach((name, value) -> set.computeIfAbsent(name, n -> new ArrayDeque<>()).add(value));
    }
  }

  /** The attributes that the run began with. */
  public Map<String, AttributeValue> initial() {
    return initial;
  }

  /**
   * Whether that is recorded, behind what was set of this name before. It then counts as said, and
   * so does whatever lies before it: the code has been changed not to say that any more.
   */
  public boolean isSaidAgain(String name, Optional<AttributeValue> value) {
    Deque<Optional<AttributeValue>> recorded = set.get(name);
    if (recorded == null || !recorded.contains(value)) {
      return false;
    }
    while (!recorded.remove().equals(value)) {
      // Said no more.
    }
    return true;
  }
}
