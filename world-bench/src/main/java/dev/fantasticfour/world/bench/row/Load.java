package dev.fantasticfour.world.bench.row;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A closed load: so many callers, each of whom begins anew as soon as it has its answer. */
final class Load {

  private Load() {}

  /** Something that is done again and again. */
  @FunctionalInterface
  interface Operation {
    void run() throws Exception;
  }

  /**
   * What a load came to.
   *
   * @param count how many operations ended
   * @param nanos from the beginning to the end of the last one
   */
  record Throughput(int count, long nanos) {
    /** Operations per second. */
    double perSecond() {
      return count * 1e9 / nanos;
    }
  }

  /**
   * Has that many virtual threads call the operation until it was called so often, or the time is
   * up.
   *
   * @throws Exception what the first operation threw that failed; the others stop then
   */
  static Throughput callers(int callers, int count, Duration time, Operation operation)
      throws Exception {
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger ended = new AtomicInteger();
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    long start = System.nanoTime();
    long deadline = start + time.toNanos();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < callers; i++) {
        threads.submit(
            () -> {
              while (failure.get() == null
                  && System.nanoTime() < deadline
                  && begun.getAndIncrement() < count) {
                try {
                  operation.run();
                  ended.incrementAndGet();
                } catch (Exception e) {
                  failure.compareAndSet(null, e);
                }
              }
            });
      }
    }
    Exception failed = failure.get();
    if (failed != null) {
      throw failed;
    }
    return new Throughput(ended.get(), System.nanoTime() - start);
  }

  /** Times the operation, called by one thread, in nanoseconds; at least one of it. */
  static long[] timed(int count, Duration time, Operation operation) throws Exception {
    return timed(count, time, () -> {}, operation);
  }

  /** The same with something untimed before each. */
  static long[] timed(int count, Duration time, Operation before, Operation operation)
      throws Exception {
    long[] nanos = new long[count];
    long deadline = System.nanoTime() + time.toNanos();
    int done = 0;
    while (done == 0 || done < count && System.nanoTime() < deadline) {
      before.run();
      long began = System.nanoTime();
      operation.run();
      nanos[done++] = System.nanoTime() - began;
    }
    return Arrays.copyOf(nanos, done);
  }
}
