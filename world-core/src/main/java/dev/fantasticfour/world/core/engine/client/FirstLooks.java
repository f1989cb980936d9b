package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.engine.fold.FoldSize;
import dev.fantasticfour.world.core.engine.fold.Folder;
import dev.fantasticfour.world.core.engine.time.LoopGuard;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.engine.time.TransientFailure;
import dev.fantasticfour.world.core.engine.time.UnexpectedFailure;
import dev.fantasticfour.world.core.port.RunViews;
import dev.fantasticfour.world.core.rules.RunEnd;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a run that somebody begins to wait for, and of which nobody knows yet whether there is
 * one. What the store does not say now it is asked again. Safe for any number of threads.
 */
final class FirstLooks {

  private static final int MOST_PER_CALL = 1_000;
  private static final Duration AGAIN = Duration.ofMillis(500);

  private static final Logger LOG = LoggerFactory.getLogger(FirstLooks.class);
  private static final String WHAT = "looking at runs that somebody waits for";
  private static final String THEN = "it is done again in a moment";

  private record First(RunId run, CompletableFuture<RunEnd> waiter) {}

  private final Machine machine;
  private final RunViews storage;
  private final Consumer<String> listen;
  private final DelayedTasks delays;
  private final Folder<First, Folder.NoAnswer> again;
  private final LoopGuard guard;

  /**
   * @param listen told the task queue of a run that goes on, before anybody waits for its end
   */
  FirstLooks(Machine machine, RunViews storage, Consumer<String> listen, DelayedTasks delays) {
    this.machine = machine;
    this.guard = new LoopGuard(machine, LOG, WHAT, THEN);
    this.storage = storage;
    this.listen = listen;
    this.delays = delays;
    this.again =
        Folder.telling(
            machine, "world-result-first", WHAT, FoldSize.of(MOST_PER_CALL), THEN, this::confirm);
  }

  /** Completes the waiter with the end of a run that has ended, or fails it when there is none. */
  void look(RunId run, CompletableFuture<RunEnd> waiter) {
    First first = new First(run, waiter);
    // On a thread of its own: who waits for a store that hangs holds up nobody else.
    machine.start(
        "world-result-first",
        () -> {
          boolean unused = guard.round(() -> confirm(List.of(first)));
        });
  }

  private void confirm(List<First> unconfirmed) {
    for (int i = 0; i < unconfirmed.size(); i++) {
      boolean isAnswered = false;
      try {
        isAnswered = isAnswered(unconfirmed.get(i));
      } finally {
        if (!isAnswered) {
          List<First> rest = List.copyOf(unconfirmed.subList(i, unconfirmed.size()));
          delays.after(AGAIN, () -> again.addAll(rest));
        }
      }
      if (!isAnswered) {
        return;
      }
    }
  }

  private boolean isAnswered(First first) {
    CompletableFuture<RunEnd> waiter = first.waiter();
    if (waiter.isDone()) {
      return true;
    }
    try {
      Optional<RunRecord> found = storage.run(first.run());
      if (found.isEmpty()) {
        waiter.completeExceptionally(RunReads.notFound(first.run()));
      } else if (found.get().status().isFinal()) {
        waiter.complete(RunEnd.of(found.get()));
      } else {
        // When it is another application's: the beginning of listening counts as a gap, so that
        // an end between the read and now is found.
        listen.accept(found.get().taskQueue());
      }
    } catch (WorldException e) {
      if (UnexpectedFailure.isBug(e)) {
        // Nobody expects that, so that it may be a moment's: it is said, and asked again.
        throw e;
      }
      if (TransientFailure.mayPass(e)) {
        return false;
      }
      waiter.completeExceptionally(e);
    }
    return true;
  }
}
