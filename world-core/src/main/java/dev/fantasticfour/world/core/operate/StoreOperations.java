package dev.fantasticfour.world.core.operate;

import dev.fantasticfour.world.api.config.RetentionRule;
import dev.fantasticfour.world.core.operate.Trail.Request;
import dev.fantasticfour.world.core.port.Storage;
import org.jspecify.annotations.Nullable;

/**
 * Builds, and how long runs are kept; whoever has a scope changes nothing here. Safe for any number
 * of threads.
 */
public final class StoreOperations {

  private final Storage storage;
  private final Trail trail;

  StoreOperations(Storage storage, Trail trail) {
    this.storage = storage;
    this.trail = trail;
  }

  /** {@link dev.fantasticfour.world.core.port.Versions#drain}. */
  public boolean drain(String build) {
    Work<Boolean, RuntimeException> work = () -> storage.drain(build);
    return trail.beyondRuns(
        Request.of(Action.DRAIN_BUILD, build), work, is -> is ? "" : "it was so already");
  }

  /** {@link dev.fantasticfour.world.core.port.Versions#undrain}. */
  public boolean undrain(String build) {
    Work<Boolean, RuntimeException> work = () -> storage.undrain(build);
    return trail.beyondRuns(
        Request.of(Action.UNDRAIN_BUILD, build), work, is -> is ? "" : "it was not drained");
  }

  /** {@link dev.fantasticfour.world.core.port.Retention#retain}. */
  public void retain(String workflow, @Nullable RetentionRule rule) {
    Work<Boolean, RuntimeException> work =
        () -> {
          storage.retain(workflow, rule);
          return true;
        };
    boolean unused =
        trail.beyondRuns(
            Request.of(Action.SET_RETENTION, workflow),
            work,
            done -> rule == null ? "no rule any more" : rule.toString());
  }
}
