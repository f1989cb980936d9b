package dev.fantasticfour.world.api;

import dev.fantasticfour.world.api.run.RunCount;
import dev.fantasticfour.world.api.run.RunRecord;
import java.util.List;

/**
 * What a bulk would be done to, as it stands. Nothing was changed.
 *
 * @param count how many runs match, as far as they are counted
 * @param first the first of them by creation, 20 at most
 * @param ticket fixes it: with it, the bulk touches no run that was created later, and is refused
 *     when many more match by then
 */
public record BulkPreview(RunCount count, List<RunRecord> first, String ticket) {

  public BulkPreview {
    first = List.copyOf(first);
  }
}
