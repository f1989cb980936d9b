package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.config.RetentionPolicy;
import dev.fantasticfour.world.api.run.RunId;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a store knows of how long its runs are kept. Guarded by the store's lock. */
final class RetentionShelf {

  RetentionPolicy policy = RetentionPolicy.OFF;

  /** Runs that an operator keeps. */
  final Set<RunId> kept = new HashSet<>();

  private final Map<Key, Spent> spent = new HashMap<>();

  /** When the next round is due; null when nothing is ever deleted. */
  @Nullable Instant nextRoundAt;

  @Nullable Instant lastPassAt;

  /** Where the next round goes on; null: from the start. */
  @Nullable String cursor;

  @Nullable String trouble;
  long deleted;

  private record Key(String workflow, String runKey) {}

  private record Spent(RunId run, Instant until) {}

  boolean isDue(Instant now) {
    return nextRoundAt != null && !nextRoundAt.isAfter(now);
  }

  /** The key outlives its run. */
  void spend(String workflow, String runKey, RunId run, Instant until) {
    spent.put(new Key(workflow, runKey), new Spent(run, until));
  }

  /** The run that is gone and whose key outlives it, or null. */
  @Nullable RunId holder(String workflow, String runKey, Instant now) {
    Spent holder = spent.get(new Key(workflow, runKey));
    return holder == null || !holder.until().isAfter(now) ? null : holder.run();
  }

  /** The key is somebody else's from now on. */
  void free(String workflow, String runKey) {
    spent.remove(new Key(workflow, runKey));
  }

  /** Keys were kept for long enough. */
  void giveUpKeys(Instant now) {
    spent.values().removeIf(each -> !each.until().isAfter(now));
  }
}
