package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.run.ChildRecord;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.StateRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

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

  /**
   * The same after what its own batch says with which it hands over, none of which is read of the
   * store yet.
   */
  Heritage after(List<Event> placed) {
    Map<String, AttributeValue> nextAttributes = attributes;
    Map<String, HookRecord> nextHooks = byId(hooks, HookRecord::id);
    Map<String, ChildRecord> nextChildren = byId(children, ChildRecord::childId);
    Map<String, StateRecord> nextStates = byId(states, StateRecord::name);
    for (Event event : placed) {
      String about = String.valueOf(event.correlationId());
      switch (event.fact()) {
        case RunFact.AttributesSet f ->
            nextAttributes = ShownFold.merged(nextAttributes, f.changes());
        case RunFact.StatePublished f -> nextStates.put(f.name(), ShownFold.state(event, f));
        case Fact.HookCreated f -> {
          // One that came over with that token is taken up by it.
          nextHooks.values().removeIf(hook -> hook.token().equals(f.token()));
          nextHooks.put(about, HookFold.record(event, about, f));
        }
        case Fact.HookDisposed f -> nextHooks.remove(about);
        case ChildFact f ->
            nextChildren.compute(about, (id, before) -> ChildFold.after(before, event, f));
        default -> {
          // Nothing that is left to anybody.
        }
      }
    }
    return new Heritage(
        nextAttributes,
        List.copyOf(nextHooks.values()),
        List.copyOf(nextChildren.values()),
        List.copyOf(nextStates.values()));
  }

  private static <T> Map<String, T> byId(List<T> all, Function<T, String> id) {
    Map<String, T> byId = new LinkedHashMap<>();
    all.forEach(each -> byId.put(id.apply(each), each));
    return byId;
  }

  /** The live hook that has a token; empty when none has. */
  Optional<HookRecord> hookOf(String token) {
    return hooks.stream().filter(hook -> hook.token().equals(token)).findFirst();
  }
}
