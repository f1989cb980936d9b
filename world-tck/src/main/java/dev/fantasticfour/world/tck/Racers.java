package dev.fantasticfour.world.tck;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Does several things at once. Each has a platform thread to itself: on virtual ones a few that
 * never block would keep all others from running for as long as they like.
 */
public final class Racers {

  private static final String NAME = "racer-";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(Thread.ofPlatform().name(NAME, 1).daemon().factory());

  private Racers() {}

  /**
   * Lets them all set off at one moment, and waits for all of them.
   *
   * @return what they came to, in the order given
   * @throws AssertionError when one does not end within a minute
   * @throws Exception what the first of them threw, in the order given
   */
  public static <T> List<T> all(List<? extends Callable<? extends T>> racers) throws Exception {
    CyclicBarrier start = new CyclicBarrier(racers.size());
    List<Future<T>> running = new ArrayList<>();
    try {
      for (Callable<? extends T> racer : racers) {
        running.add(
            THREADS.submit(
                () -> {
                  start.await();
                  return racer.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> one : running) {
        results.add(result(one));
      }
      return results;
    } finally {
      running.forEach(one -> one.cancel(true)); // whoever is not through by now is not waited for
    }
  }

  /** How many threads there are besides those that race or wait for a race. */
  public static long otherThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.getName().startsWith(NAME))
        .count();
  }

  private static <T> T result(Future<T> running) throws Exception {
    try {
      return running.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("a racer should have ended within " + PATIENCE, e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case Exception thrown -> throw thrown;
        case Error thrown -> throw thrown;
        case null, default -> throw e;
      }
    }
  }
}
