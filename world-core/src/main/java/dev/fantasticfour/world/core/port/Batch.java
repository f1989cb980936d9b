package dev.fantasticfour.world.core.port;

import dev.fantasticfour.world.api.run.Ids;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is appended as one atomic unit: all drafts or none.
 *
 * @param id made by the caller, unique; appending it again answers {@link AppendResult.Repeated}
 *     and changes nothing
 * @param claim worker that takes ownership in the same unit, or null. Only together with a {@code
 *     run_created} draft: the run is born owned, in epoch 1, and further drafts of the batch count
 *     as the owner's, with {@code seen} 0 and due now
 * @param drafts at least one
 */
public record Batch(
    String id, Target target, Authority authority, @Nullable WorkerId claim, List<Draft> drafts) {

  /** What every batch id made by World starts with. */
  public static final String PREFIX = "btch_";

  public Batch {
    Ids.requireSafe("batch id", id);
    drafts = List.copyOf(drafts);
    if (drafts.isEmpty()) {
      throw new IllegalArgumentException("batch " + id + " holds no draft");
    }
  }
}
