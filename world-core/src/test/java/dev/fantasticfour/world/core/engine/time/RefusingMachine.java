package dev.fantasticfour.world.core.engine.time;

/** A machine that cannot start the next so many of the threads that are to start now or never. */
public final class RefusingMachine extends RealMachine {

  private final RefusingThreads threads = new RefusingThreads();

  /** From now on the next so many are not started. */
  public void refuse(int times) {
    threads.refuse(times);
  }

  @Override
  public void startNow(String name, Runnable body) {
    threads.newThread(body).start();
  }
}
