package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.error.CancelledException;
import dev.fantasticfour.world.core.engine.coroutine.Strand;
import dev.fantasticfour.world.core.engine.coroutine.Strand.Coroutine;
import dev.fantasticfour.world.core.engine.history.EntityKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One branch of a run: its path, what it has asked for and opened, and what it waits for. */
final class BranchState {

  private final Strand strand;
  private final String path;
  private final Coroutine coroutine;
  private final Map<String, Integer> occurrences = new HashMap<>();
  private final List<Opened> scopes = new ArrayList<>();
  private final Set<Opened> hooks = new LinkedHashSet<>();
  private final Consumer<BranchState> goesOn;
  private int requests;
  private int forks;
  private boolean ended;
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
    scopes.add(scope);
  }

  void closedScope(Opened scope) {
    scopes.remove(scope);
  }

  /** Its code has opened a hook. */
  void openedHook(Opened hook) {
    hooks.add(hook);
  }

  void closedHook(Opened hook) {
    hooks.remove(hook);
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

  /**
   * Before something is asked for that can be waited for: throws a cancellation that came while
   * nothing was.
   */
  void throwIfCancelled() {
    CancelledException thrown = cancelled;
    if (thrown != null) {
      cancelled = null;
      throw thrown;
    }
  }

  /**
   * Cancels the branch: what it waits for is given up and throws; when it waits for nothing that
   * can be given up, its next waiting call throws.
   */
  void cancel(CancelledException cause) {
    if (ended) {
      return;
    }
    Promise<?> current = waitsFor;
    if (current == null || !current.giveUp(cause)) {
      cancelled = cause;
    }
  }
}
