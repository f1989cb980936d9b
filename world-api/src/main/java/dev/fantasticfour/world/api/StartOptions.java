package dev.fantasticfour.world.api;

import dev.fantasticfour.world.api.run.Ids;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a run is started.
 *
 * @param runKey idempotency key, scoped to the workflow type: starting again under it returns the
 *     run that has it, also after that run's end; another input under it is refused: one that says
 *     something else, not one that is spelt otherwise. Null = always a new run
 * @param attributes searchable text beside the run
 */
public record StartOptions(@Nullable String runKey, Map<String, String> attributes) {

  private static final int MAX_RUN_KEY = 1000;

  /** A new run without attributes. */
  public static final StartOptions DEFAULT = new StartOptions(null, Map.of());

  public StartOptions {
    attributes = Map.copyOf(attributes);
    if (runKey != null) {
      Ids.requireText("run key", runKey, MAX_RUN_KEY);
    }
  }

  /** The same under a run key. */
  public StartOptions runKey(String key) {
    return new StartOptions(key, attributes);
  }

  /** The same with one more attribute. */
  public StartOptions attribute(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(attributes);
    more.put(name, value);
    return new StartOptions(runKey, more);
  }
}
