package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.run.RunId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A store within one transaction, which nobody else can write to until the commit: what an append
 * reads and keeps there.
 */
public interface LockedStore extends Names {

  /** The store's clock. */
  Instant now();

  /** The log of a run, empty for an unknown one. */
  LockedLog log(RunId run);

  /** The run in whose log a batch for a hook's token or a run key is already. */
  Optional<RunId> runOfBatch(String batchId);

  /** A run that has ended has that run key no more: another one is about to take it. */
  void freeKey(RunId ended, String workflow, String runKey);

  /** Those of these runs that there are. */
  default Set<RunId> known(Set<RunId> runs) {
    return runs.stream()
        .filter(run -> log(run).head().isPresent())
        .collect(Collectors.toUnmodifiableSet());
  }
}
