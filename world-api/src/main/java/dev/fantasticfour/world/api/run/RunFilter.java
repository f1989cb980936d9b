package dev.fantasticfour.world.api.run;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which runs to list; null members match everything.
 *
 * @param attributes which all must match
 * @param stalled only those that stand stalled, when true
 */
public record RunFilter(
    @Nullable String workflow,
    @Nullable RunStatus status,
    Map<String, String> attributes,
    boolean stalled) {

  /** All runs. */
  public static final RunFilter ALL = new RunFilter(null, null, Map.of(), false);

  public RunFilter {
    attributes = Map.copyOf(attributes);
  }
}
