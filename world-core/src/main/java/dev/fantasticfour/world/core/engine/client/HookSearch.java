package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.time.Deadline;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.rules.RunEnd;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits until a run has opened a hook. The run's end is pushed; the hook is looked for, because
 * hooks are rarely waited for, mostly by tests and tools, and are there within moments: after 20
 * ms, then at growing pauses up to half a second.
 */
final class HookSearch {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

  private final Storage storage;
  private final ResultWatch results;

  HookSearch(Storage storage, ResultWatch results) {
    this.storage = storage;
    this.results = results;
  }

  /** The token of the oldest live hook of that name. */
  String await(RunId run, String hook, Duration patience) {
    Deadline deadline = Deadline.in(patience);
    Optional<String> token = find(run, hook);
    if (token.isPresent()) {
      return token.get();
    }
    CompletableFuture<RunEnd> end = results.of(run);
    try {
      Duration pause = FIRST_PAUSE;
      while (!deadline.isOver()) {
        refuseWhenEnded(run, hook, end, shorter(pause, deadline.left()));
        token = find(run, hook);
        if (token.isPresent()) {
          return token.get();
        }
        pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
      }
    } finally {
      end.cancel(false);
    }
    throw new WorldException(
        ErrorCode.TIMED_OUT,
        "run " + run + " did not open a hook '" + hook + "' within " + patience + "; it goes on");
  }

  private Optional<String> find(RunId run, String hook) {
    PageRequest request = PageRequest.oldestFirst().withLimit(PageRequest.MAX);
    while (true) {
      Page<HookRecord> page = storage.hooks(run, request);
      Optional<HookRecord> found =
          page.items().stream().filter(each -> each.name().equals(hook)).findFirst();
      if (found.isPresent() || !page.hasMore()) {
        return found.map(HookRecord::token);
      }
      request = request.after(page.cursor());
    }
  }

  /** Waits that long, unless the run ends before. */
  private static void refuseWhenEnded(
      RunId run, String hook, CompletableFuture<RunEnd> end, Duration pause) {
    try {
      RunEnd ended = end.get(pause.toNanos(), TimeUnit.NANOSECONDS);
      throw new WorldException(
          ErrorCode.RUN_ENDED,
          "run "
              + run
              + " has ended ("
              + ended.status().word()
              + ") and has no hook '"
              + hook
              + "' any more");
    } catch (TimeoutException e) {
      // It goes on.
    } catch (ExecutionException e) {
      throw RunHandle.rethrown(e);
    } catch (InterruptedException e) {
      throw RunHandle.interrupted(run, e);
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
