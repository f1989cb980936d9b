package dev.fantasticfour.world.api.workflow;

import dev.fantasticfour.world.api.attribute.AttributeKey;
import dev.fantasticfour.world.api.attribute.AttributeLimits;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the run begins in which a workflow goes on.
 *
 * @param attributes added to those that the run has, within {@link AttributeLimits}
 * @param unpinned whether any build may execute it, whatever the run was pinned to
 */
public record ContinueOptions(Map<String, AttributeValue> attributes, boolean unpinned) {

  /** Everything as it is. */
  public static final ContinueOptions DEFAULT = new ContinueOptions(Map.of(), false);

  public ContinueOptions {
    attributes = Map.copyOf(AttributeLimits.require(attributes));
  }

  /** The same with one more attribute, instead of one of that name. */
  public <T> ContinueOptions attribute(AttributeKey<T> key, T value) {
    Map<String, AttributeValue> more = new LinkedHashMap<>(attributes);
    more.put(key.name(), key.value(value));
    return new ContinueOptions(more, unpinned);
  }

  /** The same, executed by any build: the way for a chain without end to come to new code. */
  public ContinueOptions onAnyBuild() {
    return new ContinueOptions(attributes, true);
  }
}
