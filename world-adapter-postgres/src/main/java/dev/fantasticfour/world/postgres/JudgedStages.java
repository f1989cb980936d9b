package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.rules.Stage;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far children, updates and the like have come that a batch speaks of. What is read for one of
 * them is read for all: a batch may start hundreds of children. Of one thread.
 */
final class JudgedStages {

  private final LockedRun.Door door;
  private final @Nullable String run;
  private final Set<String> ids = new LinkedHashSet<>();
  private @Nullable Map<String, Stage> children;
  private @Nullable Map<String, Stage> told;

  /**
   * @param run null where there is no such run
   */
  JudgedStages(LockedRun.Door door, @Nullable String run, Batch batch) {
    this.door = door;
    this.run = run;
    for (Draft draft : batch.drafts()) {
      if (draft.correlationId() != null) {
        ids.add(draft.correlationId());
      }
    }
  }

  /** The same for what another batch speaks of. */
  void expect(Iterable<String> others) {
    others.forEach(ids::add);
  }

  Stage of(EventType.Subject subject, String id) {
    if (run == null) {
      return Stage.ABSENT;
    }
    if (ids.add(id)) {
      children = null;
      told = null;
    }
    Stage child = subject == EventType.Subject.CHILD ? child(id) : null;
    return child != null ? child : told(subject, id);
  }

  /** Null for one that was never started, or that had the key of a run that was there. */
  private @Nullable Stage child(String id) {
    if (children == null) {
      children = new HashMap<>();
      for (AppendMapper.ChildStageRow row :
          door.ask(mapper -> mapper.childStages(known(), ids.toArray(String[]::new)))) {
        children.put(row.childId(), row.open() ? Stage.OPEN : Stage.OVER);
      }
    }
    return children.get(id);
  }

  private Stage told(EventType.Subject subject, String id) {
    if (told == null) {
      told = new HashMap<>();
      for (AppendMapper.TypeRow row :
          door.ask(mapper -> mapper.typesAbout(known(), ids.toArray(String[]::new)))) {
        EventType type = EventType.ofWord(row.type());
        String key = key(type.subject(), row.correlationId());
        told.put(key, told.getOrDefault(key, Stage.ABSENT).after(type));
      }
    }
    return told.getOrDefault(key(subject, id), Stage.ABSENT);
  }

  private String known() {
    return Objects.requireNonNull(run);
  }

  private static String key(EventType.Subject subject, String id) {
    return subject + " " + id;
  }
}
