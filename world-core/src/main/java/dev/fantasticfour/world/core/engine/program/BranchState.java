package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.error.CancelledException;
import dev.fantasticfour.world.api.workflow.RetryPolicy;
import dev.fantasticfour.world.api.workflow.StepOptions;
import dev.fantasticfour.world.core.engine.coroutine.Strand;
import dev.fantasticfour.world.core.engine.coroutine.Strand.Coroutine;
import dev.fantasticfour.world.core.engine.history.EntityKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One branch of a run: its path, what it has asked for and opened, and what it waits for. */
final class BranchState {

  private final Strand strand;
  private final String path;
  private final Coroutine coroutine;
  private final Map<String, Integer> occurrences = new HashMap<>(2);
  private final Consumer<BranchState> goesOn;

  // There may be ten thousand branches, and most of them open nothing.
  private List<Opened> scopes = List.of();
  private List<Opened> hooks = List.of();
  private int requests;
  private int forks;
  private boolean ended;

  /** How many shields its code is behind: cancellations are remembered meanwhile. */
  private int shields;

  /** By which steps are tried again that do not say it themselves; null = as usual. */
  private @Nullable RetryPolicy retry;

  private @Nullable Promise<?> waitsFor;
  private @Nullable CancelledException cancelled;

  /**
   * @param goesOn told, on its own thread, whenever its code goes on
   */
  BranchState(Strand strand, String path, Runnable body, Consumer<BranchState> goesOn) {
    this.strand = strand;
    this.path = path;
    this.goesOn = goesOn;
    this.coroutine =
        strand.spawn(
            () -> {
              goesOn.accept(this);
              body.run();
              ended = true;
            });
  }

  String path() {
    return path;
  }

  boolean hasEnded() {
    return ended;
  }

  /** Whether it is that branch or was forked below it. */
  boolean isWithin(BranchState other) {
    return path.equals(other.path) || path.startsWith(other.path + "/");
  }

  String nextChildPath() {
    return path + "/" + forks++;
  }

  int nextRequest() {
    return requests++;
  }

  int nextOccurrence(EntityKind kind, String name) {
    return occurrences.merge(kind.word() + ' ' + name, 1, Integer::sum) - 1;
  }

  /** What its code has opened and has to close. */
  interface Opened {

    /** Its branch ends, and it with it. */
    void end();
  }

  /** Its code has opened a scope. */
  void openedScope(Opened scope) {
    scopes = with(scopes, scope);
  }

  void closedScope(Opened scope) {
    without(scopes, scope);
  }

  /** Its code has opened a hook. */
  void openedHook(Opened hook) {
    hooks = with(hooks, hook);
  }

  void closedHook(Opened hook) {
    without(hooks, hook);
  }

  private static List<Opened> with(List<Opened> known, Opened next) {
    List<Opened> all = known.isEmpty() ? new ArrayList<>(2) : known;
    all.add(next);
    return all;
  }

  /** What was opened last is mostly closed first. */
  private static void without(List<Opened> known, Opened gone) {
    int place = known.lastIndexOf(gone);
    if (place >= 0) {
      Opened unused = known.remove(place);
    }
  }

  /** Whether its code has opened scopes and not closed them. */
  boolean hasOpenScopes() {
    return !scopes.isEmpty();
  }

  /** Cancels and awaits the branches of scopes that its code left open. */
  void endScopes() {
    while (!scopes.isEmpty() && !isDetached()) {
      scopes.getLast().end();
    }
  }

  /** What it has opened ends with it. */
  void endAll() {
    endScopes();
    if (!isDetached()) {
      List.copyOf(hooks).forEach(Opened::end);
    }
  }

  /** Whether the calling thread is this branch's own. */
  boolean isCurrent() {
    return coroutine.isCurrent();
  }

  boolean isDetached() {
    return strand.isDetached();
  }

  void checkAttached() {
    coroutine.checkAttached();
  }

  private void wake() {
    strand.wake(coroutine);
  }

  /** Waits until something is settled, and returns its value or throws its exception. */
  <T extends @Nullable Object> T await(Promise<T> waiting) {
    if (!waiting.isSettled()) {
      waiting.waitedForBy(this::wake);
      waitsFor = waiting;
      coroutine.park();
      goesOn.accept(this);
      waitsFor = null;
    }
    return waiting.get();
  }

  /** Its code is behind one more shield: what cancels it is remembered until it is behind none. */
  void shield() {
    shields++;
  }

  void unshield() {
    shields--;
  }

  int shields() {
    return shields;
  }

  /**
   * Steps that do not say themselves how they are tried again, are by that policy from now on;
   * null: as usual.
   */
  void retriesBy(@Nullable RetryPolicy policy) {
    retry = policy;
  }

  @Nullable RetryPolicy retry() {
    return retry;
  }

  /** A step that says nothing of its own is tried again as its branch is told to. */
  StepOptions optionsOf(StepOptions said) {
    RetryPolicy told = retry;
    return told != null && said.retry().equals(RetryPolicy.DEFAULT) ? said.retry(told) : said;
  }

  /**
   * Before something is asked for that can be waited for: throws a cancellation that came while
   * nothing was.
   */
  void throwIfCancelled() {
    CancelledException thrown = cancelled;
    if (thrown != null && shields == 0) {
      cancelled = null;
      throw thrown;
    }
  }

  /**
   * Takes a cancellation that came while nothing was waited for; null when none did, or the code is
   * behind a shield.
   */
  @Nullable CancelledException takeCancellation() {
    CancelledException taken = shields == 0 ? cancelled : null;
    cancelled = taken == null ? cancelled : null;
    return taken;
  }

  /** Whether a cancellation is remembered that its code was not told of. */
  boolean isCancelled() {
    return cancelled != null;
  }

  /**
   * Cancels the branch: what it waits for is given up and throws; when it waits for nothing that
   * can be given up, or its code is behind a shield, its next waiting call after that throws.
   */
  void cancel(CancelledException cause) {
    if (ended) {
      return;
    }
    Promise<?> current = waitsFor;
    if (shields > 0 || current == null || !current.giveUp(cause)) {
      cancelled = cause;
    }
  }
}
