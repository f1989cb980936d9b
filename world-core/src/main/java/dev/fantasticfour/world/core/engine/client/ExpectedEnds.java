package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.rules.RunEnd;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The ends of runs that were started in this process: told to whoever still holds the handle, so
 * that the store is not asked for what this process is told anyway. Safe for any number of threads.
 */
final class ExpectedEnds {

  /** What is known of the end of one run. */
  static final class Expected {

    private final CompletableFuture<RunEnd> end = new CompletableFuture<>();
    private final long coverage;
    private volatile boolean announced;

    private Expected(long coverage) {
      this.coverage = coverage;
    }

    /** The end, done once the run has ended by itself in this process. */
    CompletableFuture<RunEnd> end() {
      return end;
    }

    /** Whether others have said that the run has ended: the store knows how. */
    boolean isAnnounced() {
      return announced;
    }

    /** {@link EndChannels#coverage} before the run began. */
    long coverage() {
      return coverage;
    }
  }

  /** Is forgotten together with the last handle of its run. */
  private static final class Held extends WeakReference<Expected> {

    private final RunId run;

    private Held(RunId run, Expected expected, ReferenceQueue<Expected> dropped) {
      super(expected, dropped);
      this.run = run;
    }
  }

  private final ConcurrentHashMap<RunId, Held> held = new ConcurrentHashMap<>();
  private final ReferenceQueue<Expected> dropped = new ReferenceQueue<>();

  /**
   * Expects the end of a run; to be called before the run begins.
   *
   * @param coverage {@link EndChannels#coverage} now
   */
  Expected expect(RunId run, long coverage) {
    forgetDropped();
    Expected expected = new Expected(coverage);
    held.put(run, new Held(run, expected, dropped));
    return expected;
  }

  /** The run has ended here. */
  void ended(RunEnd end) {
    Expected expected = take(end.run());
    if (expected != null) {
      expected.end.complete(end);
    }
  }

  /** The run has ended somewhere. */
  void announced(RunId run) {
    Expected expected = take(run);
    if (expected != null) {
      expected.announced = true;
    }
  }

  /** How many runs are expected to end. */
  int size() {
    forgetDropped();
    return held.size();
  }

  private @Nullable Expected take(RunId run) {
    Held taken = held.remove(run);
    return taken == null ? null : taken.get();
  }

  private void forgetDropped() {
    for (Reference<?> gone = dropped.poll(); gone != null; gone = dropped.poll()) {
      if (gone instanceof Held each) {
        held.remove(each.run, each);
      }
    }
  }
}
