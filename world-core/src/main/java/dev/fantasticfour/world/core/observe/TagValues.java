package dev.fantasticfour.world.core.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the values of the tags of one meter from growing without end: names of steps and streams
 * are made by code, which may make them of an id. Safe for any number of threads.
 */
public final class TagValues {

  /** How many values one tag of one meter has. */
  public static final int MOST = 200;

  /** What all further ones are called. */
  public static final String OTHER = "other";

  private static final Logger LOG = LoggerFactory.getLogger(TagValues.class);

  private final Meters meter;
  private final List<Set<String>> known = new ArrayList<>();
  private final AtomicBoolean said = new AtomicBoolean();

  /** For that meter. */
  public TagValues(Meters meter) {
    this.meter = meter;
    meter.tags().forEach(tag -> known.add(ConcurrentHashMap.newKeySet()));
  }

  /** The values as they may be used. */
  public List<String> bounded(List<String> values) {
    List<String> bounded = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      bounded.add(isKnown(i, values.get(i)) ? values.get(i) : other(i, values.get(i)));
    }
    return List.copyOf(bounded);
  }

  private boolean isKnown(int tag, String value) {
    Set<String> before = known.get(tag);
    return before.contains(value) || before.size() < MOST && before.add(value);
  }

  private String other(int tag, String value) {
    if (!said.getAndSet(true)) {
      LOG.warn(
          "meter {} has {} values of '{}' already; '{}' and all further ones are counted as '{}'."
              + " Give steps and streams names that are no ids",
          meter.key(),
          MOST,
          meter.tags().get(tag),
          value,
          OTHER);
    }
    return OTHER;
  }
}
