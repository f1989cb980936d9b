package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.node.Hints;
import dev.fantasticfour.world.core.port.RunCustody;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps runs from going on, and lets them go. */
record RunHolds(RunCustody storage, Chains chains, Hints hints, String application) {

  /**
   * Keeps a run from going on. Returns whether it is kept.
   *
   * @param by who does, for people; null: this application
   */
  boolean pause(RunId run, @Nullable String reason, @Nullable String by) {
    return tended(
        run,
        at -> storage.hold(at, reason, by == null ? "application " + application : by),
        (at, tended) -> {
          if (tended.owner() != null) {
            hints.held(at, tended.owner());
          }
        });
  }

  /** Lets a run go on that was kept from it. Returns whether it was. */
  boolean resume(RunId run) {
    return tended(
        run,
        storage::letGo,
        (at, tended) -> hints.tell(at, List.of(), tended.owner(), tended.taskQueue()));
  }

  /** The newest run of a chain may hand over between it is found and somebody speaks to it. */
  private boolean tended(
      RunId run,
      Function<RunId, Optional<RunCustody.Tended>> say,
      BiConsumer<RunId, RunCustody.Tended> tell) {
    RunId found = chains.newest(run).id();
    while (true) {
      RunId at = found;
      Optional<RunCustody.Tended> tended = say.apply(at);
      tended.ifPresent(by -> tell.accept(at, by));
      found = tended.isPresent() ? at : chains.newest(at).id();
      if (found.equals(at)) {
        return tended.isPresent();
      }
    }
  }
}
