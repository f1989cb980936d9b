package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.run.ChildRecord;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.StateRecord;
import java.util.List;
import java.util.Map;

/**
 * What a run leaves to the one that goes on in its place, whatever its code says: the store knows
 * it better, since others may have changed it meanwhile.
 *
 * @param hooks the live ones, in order of creation
 * @param children all, in order of creation
 * @param states what it shows, in any order
 */
public record Heritage(
    Map<String, AttributeValue> attributes,
    List<HookRecord> hooks,
    List<ChildRecord> children,
    List<StateRecord> states) {

  public Heritage {
    attributes = Map.copyOf(attributes);
    hooks = List.copyOf(hooks);
    children = List.copyOf(children);
    states = List.copyOf(states);
  }

  /** That of a run whose log was read, without its last event. */
  public static Heritage of(RunFold fold) {
    return new Heritage(
        fold.attributes(),
        List.copyOf(fold.hooks().live().values()),
        List.copyOf(fold.children().values()),
        List.copyOf(fold.shown().states().values()));
  }
}
