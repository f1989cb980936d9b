package dev.fantasticfour.world.bench.subject;

/** Whoever can run plain background jobs that do nothing. */
public interface JobRunner extends AutoCloseable {

  /** Enqueues that many jobs and waits until all have run. Called by one thread. */
  void run(int jobs) throws Exception;

  @Override
  void close();
}
