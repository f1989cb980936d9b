package dev.fantasticfour.world.core.engine.copy;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.core.engine.history.EntityIds;
import dev.fantasticfour.world.core.engine.history.EntityKind;
import dev.fantasticfour.world.core.rules.FactParts;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ids that what a run asked for has in another run (law L6): both are computed from branch,
 * kind, name and how often that was asked for, of which the id that is known tells the last. What
 * came over from elsewhere keeps its id. For one thread.
 */
final class NewNames {

  private final EntityIds before;
  private final EntityIds after;
  private final Map<String, String> known = new HashMap<>();
  private final Map<Asked, Integer> next = new HashMap<>();

  private record Asked(EntityKind kind, String branch, String name) {}

  NewNames(EntityIds before, EntityIds after) {
    this.before = before;
    this.after = after;
  }

  /** What an event is about, in the other run. */
  @Nullable String of(Event event) {
    String id = event.correlationId();
    Site site = FactParts.site(event.fact());
    EntityKind kind = kind(event.type());
    if (id != null && !known.containsKey(id) && site != null && kind != null) {
      learn(id, new Asked(kind, site.branch(), site.name()));
    }
    return id == null ? null : known.getOrDefault(id, id);
  }

  /** Branches ask in order, and the log may have it in another: all up to the one wanted are. */
  private void learn(String id, Asked asked) {
    int occurrence = next.getOrDefault(asked, 0);
    int most = occurrence + MOST_AHEAD;
    while (!known.containsKey(id) && occurrence < most) {
      known.put(
          before.id(asked.kind(), asked.branch(), asked.name(), occurrence),
          after.id(asked.kind(), asked.branch(), asked.name(), occurrence));
      occurrence++;
    }
    if (known.containsKey(id)) {
      next.put(asked, occurrence);
    }
  }

  /** Of one branch and name no more are asked for at once and recorded the other way round. */
  private static final int MOST_AHEAD = 100_000;

  private static @Nullable EntityKind kind(EventType type) {
    return switch (type.subject()) {
      case STEP -> EntityKind.STEP;
      case HOOK -> EntityKind.HOOK;
      case WAIT -> EntityKind.WAIT;
      case CHILD -> EntityKind.CHILD;
      case SEND -> EntityKind.SEND;
      case PERMIT -> EntityKind.PERMIT;
      default -> null;
    };
  }
}
