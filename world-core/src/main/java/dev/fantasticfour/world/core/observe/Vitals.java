package dev.fantasticfour.world.core.observe;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much a world has in hand just now, beside what it may. Quick to ask, of any thread; no server
 * is asked. Of a world that is not started or is closed: nothing.
 */
public interface Vitals {

  /** Runs that execute, or are about to. */
  int activeRuns();

  /** How many may. */
  int activeRunsLimit();

  /** Runs that live here and only wait. */
  int parkedRuns();

  /** Threads that those hold. */
  int parkedThreads();

  /** How many they may hold before the longest waiting are evicted. */
  int parkedThreadsLimit();

  /** Bodies of steps that run. */
  int activeBodies();

  /** How many may at once. */
  int activeBodiesLimit();

  /** Threads of detached runs that did not end. */
  int stuckThreads();

  /**
   * How long the lease of the worker holds unless it is renewed; zero when it holds no more, null
   * where there is no worker, because the world was not started.
   */
  @Nullable Duration leaseRemaining();
}
