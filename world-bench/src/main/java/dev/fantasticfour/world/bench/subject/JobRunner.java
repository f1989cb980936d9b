package dev.fantasticfour.world.bench.subject;

/** Whoever can run plain background jobs that do nothing. */
public interface JobRunner extends AutoCloseable {

  /**
   * Enqueues that many jobs and waits until all have run. Called by one thread.
   *
   * @param jobs at least 2
   * @return how many a second were run between the first and the last of them, so that no wait for
   *     the next poll counts
   */
  double run(int jobs) throws Exception;

  @Override
  void close();
}
