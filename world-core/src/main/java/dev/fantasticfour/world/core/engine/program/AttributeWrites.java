package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.attribute.AttributeLimits;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.core.engine.history.RecordedAttributes;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.rules.ShownFold;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The attributes that the code of a run sets. They are records: written with whatever else a turn
 * writes, in no order with its requests, and not told again.
 */
final class AttributeWrites {

  private Map<String, AttributeValue> known;

  AttributeWrites(Map<String, AttributeValue> initial) {
    this.known = initial;
  }

  /**
   * The code sets one, or removes it.
   *
   * @param recorded what the log says already
   * @param drafts of this turn, to which it is added
   * @throws dev.fantasticfour.world.api.error.WorldException {@code INVALID_ARGUMENT} when the run
   *     would have too many: counted from what its code alone can know, so that the answer is the
   *     same whenever it asks again
   */
  void set(
      String name,
      Optional<AttributeValue> value,
      RecordedAttributes recorded,
      List<Draft> drafts,
      Instant clock) {
    Map<String, AttributeValue> after = ShownFold.merged(known, Map.of(name, value));
    if (value.isPresent()) {
      AttributeLimits.requireTogether(after);
    }
    known = after;
    if (recorded.isSaidAgain(name, value)) {
      // What changed code says now before this is older than what is recorded here.
      drafts.replaceAll(draft -> without(draft, name));
      drafts.removeIf(draft -> changes(draft).map(Map::isEmpty).orElse(false));
    } else {
      write(name, value, drafts, clock);
    }
  }

  /** One event for all, unless it speaks of that name already: then the log says both, in order. */
  private static void write(
      String name, Optional<AttributeValue> value, List<Draft> drafts, Instant clock) {
    for (int i = drafts.size() - 1; i >= 0; i--) {
      Optional<Map<String, Optional<AttributeValue>>> changes = changes(drafts.get(i));
      if (changes.isPresent()) {
        if (changes.get().containsKey(name)) {
          break;
        }
        Map<String, Optional<AttributeValue>> more = new TreeMap<>(changes.get());
        more.put(name, value);
        drafts.set(i, with(drafts.get(i), more));
        return;
      }
    }
    drafts.add(new Draft(null, clock, new RunFact.AttributesSet(Map.of(name, value))));
  }

  private static Optional<Map<String, Optional<AttributeValue>>> changes(Draft draft) {
    return draft.fact() instanceof RunFact.AttributesSet set
        ? Optional.of(set.changes())
        : Optional.empty();
  }

  private static Draft without(Draft draft, String name) {
    Optional<Map<String, Optional<AttributeValue>>> changes = changes(draft);
    if (changes.isEmpty() || !changes.get().containsKey(name)) {
      return draft;
    }
    Map<String, Optional<AttributeValue>> less = new TreeMap<>(changes.get());
    less.remove(name);
    return with(draft, less);
  }

  private static Draft with(Draft draft, Map<String, Optional<AttributeValue>> changes) {
    return new Draft(null, draft.occurredAt(), new RunFact.AttributesSet(changes));
  }
}
