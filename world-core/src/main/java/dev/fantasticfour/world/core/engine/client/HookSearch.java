package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.engine.time.Deadline;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.rules.RunEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a run has opened a hook that wants a payload. The run's end is pushed; the hook is
 * looked for, because hooks are rarely waited for, mostly by tests and tools, and are there within
 * moments: after 20 ms, then at growing pauses up to half a second.
 *
 * <p>A hook stays open for a while after its payload was sent: until the run has read it and has
 * closed the hook, perhaps behind the step that follows. One that was answered is returned only
 * when the run has come to rest after that and the hook is still open.
 */
final class HookSearch {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

  private final Machine machine;
  private final Storage storage;
  private final ResultWatch results;
  private final LastLook lastLook;

  HookSearch(Machine machine, Storage storage, ResultWatch results, LastLook lastLook) {
    this.machine = machine;
    this.storage = storage;
    this.results = results;
    this.lastLook = lastLook;
  }

  /** The token of the oldest live hook of that name that wants a payload. */
  String await(RunId run, String hook, Duration patience) {
    Deadline deadline = Deadline.in(machine, patience);
    Found found = look(run, hook);
    if (found.token() != null) {
      return found.token();
    }
    CompletableFuture<RunEnd> end = results.of(run);
    try {
      Duration pause = FIRST_PAUSE;
      while (!deadline.isOver()) {
        refuseWhenEnded(run, hook, end, shorter(pause, deadline.left()));
        found = look(run, hook);
        if (found.token() != null) {
          return found.token();
        }
        pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
      }
    } finally {
      end.cancel(false);
    }
    throw notFound(run, hook, patience, found);
  }

  /**
   * What a look came to.
   *
   * @param answered whether there is a hook whose payload is still to be read
   * @param away the store did not say
   */
  private record Found(@Nullable String token, boolean answered, @Nullable WorldException away) {}

  /** A store that is away for a moment is asked again, as long as there is patience. */
  private Found look(RunId run, String hook) {
    try {
      List<HookRecord> open = open(run, hook);
      Optional<String> token = wanting(open, 0);
      if (token.isPresent() || open.isEmpty()) {
        return new Found(token.orElse(null), false, null);
      }
      Optional<RunRecord> resting = storage.run(run).filter(HookSearch::isResting);
      // What was open before it came to rest may be closed by now.
      return new Found(
          resting.flatMap(r -> wanting(open(run, hook), r.lastPosition())).orElse(null),
          true,
          null);
    } catch (WorldException e) {
      if (e.code().kind() != ErrorCode.Kind.TRANSIENT) {
        throw e;
      }
      return new Found(null, false, e);
    }
  }

  private List<HookRecord> open(RunId run, String hook) {
    List<HookRecord> open = new ArrayList<>();
    PageRequest request = PageRequest.oldestFirst().withLimit(PageRequest.MAX);
    while (true) {
      Page<HookRecord> page = storage.hooks(run, request);
      page.items().stream().filter(each -> each.name().equals(hook)).forEach(open::add);
      if (!page.hasMore()) {
        return open;
      }
      request = request.after(page.cursor());
    }
  }

  /**
   * The first to which nothing was sent, or nothing that the run has not been told of.
   *
   * @param told the position up to which it has
   */
  private Optional<String> wanting(List<HookRecord> open, long told) {
    return open.stream()
        .filter(
            hook ->
                newest(hook)
                    .filter(
                        event ->
                            event.type() == EventType.HOOK_CREATED
                                || (event.type() == EventType.HOOK_RECEIVED
                                    && event.position() <= told))
                    .isPresent())
        .map(HookRecord::token)
        .findFirst();
  }

  private Optional<Event> newest(HookRecord hook) {
    return storage
        .eventsByCorrelation(hook.run(), hook.id(), PageRequest.newestFirst().withLimit(1))
        .items()
        .stream()
        .findFirst();
  }

  /** Its code was told of everything, and waits. */
  private static boolean isResting(RunRecord run) {
    return run.stalledAt() == null && !Instant.MIN.equals(run.dueAt());
  }

  private WorldException notFound(RunId run, String hook, Duration patience, Found last) {
    if (last.away() != null) {
      return new WorldException(
          last.away().code(),
          "looking for a hook '"
              + hook
              + "' of run "
              + run
              + " for "
              + patience
              + ", the store did not answer in the end: "
              + last.away().getMessage(),
          last.away());
    }
    return new WorldException(
        ErrorCode.TIMED_OUT,
        "run "
            + run
            + " did not open a hook '"
            + hook
            + "' within "
            + patience
            + (last.answered() ? " but for one whose payload it has still to read" : "")
            + ": "
            + lastLook.doing(run));
  }

  /** Waits that long, unless the run ends before. */
  private void refuseWhenEnded(
      RunId run, String hook, CompletableFuture<RunEnd> end, Duration pause) {
    try {
      if (!machine.await(end, pause)) {
        return;
      }
    } catch (InterruptedException e) {
      throw WaitFailures.interrupted(run, e);
    }
    throw new WorldException(
        ErrorCode.RUN_ENDED,
        "run "
            + run
            + " has ended ("
            + WaitFailures.valueOf(end).status().word()
            + ") and has no hook '"
            + hook
            + "' any more");
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
