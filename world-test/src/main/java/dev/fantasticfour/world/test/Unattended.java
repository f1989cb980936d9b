package dev.fantasticfour.world.test;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.RunCustody.DueRun;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The runs whose time is known to the store alone: nobody has them in hand. */
final class Unattended {

  private final Storage storage;
  private final String taskQueue;
  private final Supplier<Set<String>> workflows;
  private final Supplier<@Nullable WorkerId> worker;
  private final Predicate<RunId> busy;

  /**
   * @param workflows of which there is code
   * @param worker whoever looks after runs now
   * @param busy whether that has a run in hand that does not only wait
   */
  Unattended(
      Storage storage,
      String taskQueue,
      Supplier<Set<String>> workflows,
      Supplier<@Nullable WorkerId> worker,
      Predicate<RunId> busy) {
    this.storage = storage;
    this.taskQueue = taskQueue;
    this.workflows = workflows;
    this.worker = worker;
    this.busy = busy;
  }

  /** How long it is to the first that is due within that time; zero or less when it is due now. */
  Optional<Duration> due(Duration ahead) {
    Duration within = ahead.compareTo(TestTime.LONGEST) < 0 ? ahead : TestTime.LONGEST;
    return within(within).stream().map(DueRun::in).findFirst();
  }

  /** Whether a run is due now and nobody does anything about it. */
  boolean isDueNow() {
    return within(Duration.ZERO).stream().anyMatch(run -> !busy.test(run.run()));
  }

  private List<DueRun> within(Duration ahead) {
    WorkerId asking = worker.get();
    return asking == null
        ? List.of()
        : storage.due(asking, new Work(taskQueue, workflows.get()), ahead, Integer.MAX_VALUE);
  }
}
