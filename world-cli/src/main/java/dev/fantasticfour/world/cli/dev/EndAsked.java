package dev.fantasticfour.world.cli.dev;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command that goes on until Ctrl-C end in order: the process that was asked to end, by that
 * or by another signal, does so when the command has. For one thread.
 */
final class EndAsked implements AutoCloseable {

  /** What has not ended by then ends with this JVM. */
  private static final Duration PATIENCE = Duration.ofSeconds(25);

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::ask, "dev-end");

  private EndAsked() {}

  /** From now on this process does not end before that is closed. */
  static EndAsked listen() {
    EndAsked end = new EndAsked();
    Runtime.getRuntime().addShutdownHook(end.hook);
    return end;
  }

  private void ask() {
    asked.countDown();
    try {
      boolean unused = done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns when this process is asked to end. */
  void await() throws InterruptedException {
    asked.await();
  }

  /** The command has ended. */
  @Override
  public void close() {
    done.countDown();
    try {
      boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends already, and has nothing left to wait for.
    }
  }
}
