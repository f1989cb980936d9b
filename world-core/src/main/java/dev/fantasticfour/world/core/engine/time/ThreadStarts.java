package dev.fantasticfour.world.core.engine.time;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts threads, and keeps those that cannot be started for later: a process that is short of
 * memory or threads for a moment does what it was to do a moment later, and forgets nothing of it.
 * Safe for any number of threads.
 */
final class ThreadStarts {

  private static final Logger LOG = LoggerFactory.getLogger(ThreadStarts.class);

  private final LoopGuard guard;
  private final Queue<Runnable> refused = new ConcurrentLinkedQueue<>();

  /**
   * @param machine by whose clock it is said again that one could not be started
   */
  ThreadStarts(Machine machine) {
    this.guard =
        new LoopGuard(
            machine, LOG, "starting a thread", "it is started as soon as the machine lets it");
  }

  /**
   * Starts a thread, now or later. Never fails.
   *
   * @param start makes it anew for every try, and starts it: one that could not be started is spent
   */
  void start(Runnable start) {
    if (!isStarted(start)) {
      refused.add(start);
    }
  }

  /** Starts those that could not be started, in order, up to the first that still cannot. */
  void startRefused() {
    boolean goesOn = true;
    while (goesOn && !refused.isEmpty()) {
      Runnable next = refused.poll();
      if (next != null) {
        goesOn = isStarted(next);
        if (!goesOn) {
          refused.add(next);
        }
      }
    }
  }

  private boolean isStarted(Runnable start) {
    return guard.round(start::run);
  }
}
