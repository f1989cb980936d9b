package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.WorkerId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an append without a claim can come to. */
sealed interface OutsideResult {

  /** It is in the log, now or since an earlier try. */
  record Accepted(RunId run, List<Event> events, @Nullable WorkerId owner, String taskQueue)
      implements OutsideResult {}

  /** The run takes no such event any more. */
  record Closed(RunStatus status) implements OutsideResult {}

  /** There is no such run, hook or wait. */
  record Missing(AppendResult.NotFound.Kind kind, String id) implements OutsideResult {}

  /** The state forbids it. */
  record Refused(AppendResult.Conflict conflict) implements OutsideResult {}

  /** The worker that was to own the run from its creation is over. */
  record WorkerOver() implements OutsideResult {}
}
