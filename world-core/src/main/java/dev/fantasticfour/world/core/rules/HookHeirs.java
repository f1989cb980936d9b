package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.HookFact;
import dev.fantasticfour.world.api.run.HookRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whose a payload is that came for a hook which came over from the run before: that of the hook by
 * which the code took it up under its token.
 *
 * @param heritage with the live hooks
 */
record HookHeirs(LockedLog log, Heritage heritage) {

  /** The same events, in the same order, each about a live hook where there is one. */
  List<Event> of(List<Event> left) {
    var live = heritage.hooks().stream().map(HookRecord::id).collect(Collectors.toSet());
    Optional<Event> last =
        left.stream()
            .filter(event -> event.type() == EventType.HOOK_RECEIVED)
            .filter(event -> !live.contains(String.valueOf(event.correlationId())))
            .reduce((before, after) -> after);
    if (last.isEmpty()) {
      return left;
    }
    Map<String, String> heirs = heirs(last.get().position());
    return left.stream().map(event -> inherited(event, heirs)).toList();
  }

  /** By the hooks that came over, as the log says before a position. */
  private Map<String, String> heirs(long before) {
    Map<String, String> heirs = new HashMap<>();
    for (Event event : log.byOthers(0, before)) {
      if (event.fact() instanceof HookFact.Carried carried && event.correlationId() != null) {
        String id = event.correlationId();
        heritage.hookOf(carried.token()).ifPresent(hook -> heirs.put(id, hook.id()));
      }
    }
    return heirs;
  }

  private static Event inherited(Event event, Map<String, String> heirs) {
    String heir =
        event.type() == EventType.HOOK_RECEIVED
            ? heirs.get(String.valueOf(event.correlationId()))
            : null;
    return heir == null
        ? event
        : new Event(
            event.run(),
            event.position(),
            event.id(),
            event.createdAt(),
            event.occurredAt(),
            heir,
            event.batchId(),
            event.seen(),
            event.fact());
  }
}
