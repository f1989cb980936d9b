package dev.fantasticfour.world.bench.subject;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** Counts jobs down, and keeps the times of the first and the last one. */
final class JobCount {

  private final int jobs;
  private final CountDownLatch left;
  private final AtomicLong first = new AtomicLong();
  private volatile long last;

  JobCount(int jobs) {
    this.jobs = jobs;
    this.left = new CountDownLatch(jobs);
  }

  /** A job has run. */
  void ran() {
    long now = System.nanoTime();
    first.compareAndSet(0, now);
    last = now;
    left.countDown();
  }

  /** Waits for all, and tells their rate per second. */
  double await() throws InterruptedException {
    left.await();
    return (jobs - 1) * 1e9 / Math.max(1, last - first.get());
  }
}
