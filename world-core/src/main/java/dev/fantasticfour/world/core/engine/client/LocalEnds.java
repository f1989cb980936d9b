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
 * The ends of runs that were started in this process and execute in it: given to whoever still
 * holds the handle, so that neither the store nor anybody else is asked for them. Safe for any
 * number of threads.
 */
final class LocalEnds {

  /** Is forgotten together with the last handle of its run. */
  private static final class Expected extends WeakReference<CompletableFuture<RunEnd>> {

    private final RunId run;

    private Expected(
        RunId run,
        CompletableFuture<RunEnd> end,
        ReferenceQueue<CompletableFuture<RunEnd>> dropped) {
      super(end, dropped);
      this.run = run;
    }
  }

  private final ConcurrentHashMap<RunId, Expected> expected = new ConcurrentHashMap<>();
  private final ReferenceQueue<CompletableFuture<RunEnd>> dropped = new ReferenceQueue<>();

  /**
   * A future for the end of a run, to be asked for before the run begins. It is completed only if
   * the run ends by itself in this process.
   */
  CompletableFuture<RunEnd> expect(RunId run) {
    forgetDropped();
    CompletableFuture<RunEnd> end = new CompletableFuture<>();
    expected.put(run, new Expected(run, end, dropped));
    return end;
  }

  /** The run has ended here. */
  void ended(RunEnd end) {
    Expected waiting = expected.remove(end.run());
    CompletableFuture<RunEnd> future = waiting == null ? null : waiting.get();
    if (future != null) {
      future.complete(end);
    }
  }

  /** How many runs are expected to end. */
  int size() {
    forgetDropped();
    return expected.size();
  }

  private void forgetDropped() {
    for (Reference<?> gone = dropped.poll(); gone != null; gone = dropped.poll()) {
      forget(gone);
    }
  }

  private void forget(@Nullable Reference<?> gone) {
    if (gone instanceof Expected each) {
      expected.remove(each.run, each);
    }
  }
}
