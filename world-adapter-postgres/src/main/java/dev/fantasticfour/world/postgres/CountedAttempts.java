package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.core.rules.FactParts;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * How many attempts each step counts after one event and the next: an owner numbers the attempts;
 * of everybody else the starts are counted (E-3).
 */
final class CountedAttempts {

  private final ToIntFunction<String> before;
  private final Map<String, Integer> attempts = new HashMap<>();

  /**
   * @param before what a step counts before the first of the events
   */
  CountedAttempts(ToIntFunction<String> before) {
    this.before = before;
  }

  /** What its step counts after an event; 0 when that stays what it was. */
  int after(Event event) {
    String step = event.correlationId();
    if (!event.type().isOfStep() || step == null) {
      return 0;
    }
    int named = FactParts.attempt(event.fact());
    if (event.seen() >= 0) {
      attempts.put(step, named);
      return named;
    }
    if (event.type() != EventType.STEP_STARTED) {
      return 0;
    }
    int next = attempts.computeIfAbsent(step, before::applyAsInt) + 1;
    attempts.put(step, next);
    return next;
  }
}
