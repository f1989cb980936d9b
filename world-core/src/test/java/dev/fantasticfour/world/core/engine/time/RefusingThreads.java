package dev.fantasticfour.world.core.engine.time;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes threads of which the machine cannot start the next so many. */
public final class RefusingThreads implements ThreadFactory {

  private final AtomicInteger left = new AtomicInteger();

  /** From now on the next so many are not started. */
  public void refuse(int times) {
    left.set(times);
  }

  @Override
  public Thread newThread(Runnable body) {
    Thread thread =
        new Thread(body) {
          @Override
          public synchronized void start() {
            if (left.getAndUpdate(times -> Math.max(0, times - 1)) > 0) {
              throw new OutOfMemoryError("unable to create native thread");
            }
            super.start();
          }
        };
    thread.setDaemon(true);
    return thread;
  }
}
