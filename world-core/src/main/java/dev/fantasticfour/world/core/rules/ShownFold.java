package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.api.run.ChangeRecord;
import dev.fantasticfour.world.api.run.StateRecord;
import dev.fantasticfour.world.api.run.UpdateRecord;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a run shows of itself, as its log tells: published states, marked changes, and what became
 * of updates. Not safe for use by several threads.
 */
public final class ShownFold {

  private final Map<String, StateRecord> states = new LinkedHashMap<>();
  private final Map<String, ChangeRecord> changes = new LinkedHashMap<>();
  private final Map<String, UpdateRecord> updates = new LinkedHashMap<>();

  void published(Event event, RunFact.StatePublished f) {
    states.put(f.name(), state(event, f));
  }

  static StateRecord state(Event event, RunFact.StatePublished f) {
    return new StateRecord(event.run(), f.name(), f.value(), event.position(), event.createdAt());
  }

  /** The first word on a change counts. */
  void marked(Event event, RunFact.ChangeMarked f) {
    changes.putIfAbsent(
        f.changeId(), new ChangeRecord(event.run(), f.changeId(), f.taken(), event.position()));
  }

  void update(Event event, UpdateFact f) {
    updates.compute(
        String.valueOf(event.correlationId()), (id, before) -> UpdateFold.after(before, event, f));
  }

  /** The newest state of each name, by name, in order of the first. */
  public Map<String, StateRecord> states() {
    return Collections.unmodifiableMap(states);
  }

  /** The changes that the code came to, by id, in order. */
  public Map<String, ChangeRecord> changes() {
    return Collections.unmodifiableMap(changes);
  }

  /** All updates, by id, in order of arrival. */
  public Map<String, UpdateRecord> updates() {
    return Collections.unmodifiableMap(updates);
  }

  /** Attributes after changes: what is named is set, or removed where it is empty. */
  public static Map<String, AttributeValue> merged(
      Map<String, AttributeValue> before, Map<String, Optional<AttributeValue>> changes) {
    Map<String, AttributeValue> after = new TreeMap<>(before);
    changes.forEach(
        (key, value) -> {
          if (value.isPresent()) {
            after.put(key, value.get());
          } else {
            after.remove(key);
          }
        });
    return after;
  }
}
