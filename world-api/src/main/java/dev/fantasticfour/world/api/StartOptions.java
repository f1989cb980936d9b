package dev.fantasticfour.world.api;

import dev.fantasticfour.world.api.attribute.AttributeKey;
import dev.fantasticfour.world.api.attribute.AttributeLimits;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.run.Deadline;
import dev.fantasticfour.world.api.run.Ids;
import dev.fantasticfour.world.api.run.Pin;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a run is started.
 *
 * @param runKey idempotency key, scoped to the workflow type: starting again under it returns the
 *     run that has it, also after that run's end; another input under it is refused: one that says
 *     something else, not one that is spelt otherwise. Null = always a new run
 * @param attributes what the run is found by, within {@link AttributeLimits}. They stand beside it
 *     in clear and are never encrypted: no secret belongs there
 * @param pin which build executes it; null = as its workflow type says
 * @param deadline until when it is to have ended; null = it may take as long as it takes
 */
public record StartOptions(
    @Nullable String runKey,
    Map<String, AttributeValue> attributes,
    @Nullable Pin pin,
    @Nullable Deadline deadline) {

  private static final int MAX_RUN_KEY = 1000;

  /** A new run without attributes. */
  public static final StartOptions DEFAULT = new StartOptions(null, Map.of(), null, null);

  public StartOptions {
    attributes = Map.copyOf(AttributeLimits.require(attributes));
    if (runKey != null) {
      Ids.requireText("run key", runKey, MAX_RUN_KEY);
    }
  }

  /** The same under a run key. */
  public StartOptions runKey(String key) {
    return new StartOptions(key, attributes, pin, deadline);
  }

  /**
   * The same with one more attribute, instead of one of that name.
   *
   * @throws dev.fantasticfour.world.api.error.WorldException {@code INVALID_ARGUMENT} beyond {@link
   *     AttributeLimits}
   */
  public <T> StartOptions attribute(AttributeKey<T> key, T value) {
    return attribute(key.name(), key.value(value));
  }

  /** The same with one more attribute that is a text, instead of one of that name. */
  public StartOptions attribute(String name, String value) {
    return attribute(name, AttributeValue.of(value));
  }

  /** The same with one more attribute, for tools. */
  public StartOptions attribute(String name, AttributeValue value) {
    Map<String, AttributeValue> more = new LinkedHashMap<>(attributes);
    more.put(name, value);
    return new StartOptions(runKey, more, pin, deadline);
  }

  /**
   * The same, executed by that build and no other, or by any ({@link Pin#AUTO}) whatever the
   * workflow type says.
   */
  public StartOptions pin(Pin to) {
    return new StartOptions(runKey, attributes, to, deadline);
  }

  /** The same, executed by the build of that id and no other. */
  public StartOptions pin(String build) {
    return pin(Pin.to(build));
  }

  /**
   * The same, to have ended so long after its start; see {@link Deadline}.
   *
   * @throws dev.fantasticfour.world.api.error.WorldException {@code INVALID_ARGUMENT} unless it is
   *     more than nothing
   */
  public StartOptions deadline(Duration after) {
    return new StartOptions(runKey, attributes, pin, new Deadline.After(after));
  }

  /** The same, to have ended at that time; see {@link Deadline}. */
  public StartOptions deadline(Instant at) {
    return new StartOptions(runKey, attributes, pin, new Deadline.At(at));
  }
}
