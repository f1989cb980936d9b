package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Target;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Batches as somebody else's client would append them. */
final class Batches {

  private Batches() {}

  static Batch creation(RunId run, String taskQueue) {
    Fact created =
        new Fact.RunCreated("count", "build", 2, taskQueue, null, null, null, Map.of(), null);
    return anyone(run, "btch_created_" + run, null, created);
  }

  static Batch anyone(RunId run, String id, String correlationId, Fact fact) {
    return new Batch(
        id,
        new Target.OfRun(run),
        Authority.ANYONE,
        null,
        List.of(new Draft(correlationId, Instant.now(), fact)));
  }
}
