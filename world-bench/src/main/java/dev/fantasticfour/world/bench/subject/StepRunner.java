package dev.fantasticfour.world.bench.subject;

/** Whoever can run a durable workflow of a number of steps, one after the other. */
public interface StepRunner extends AutoCloseable {

  /**
   * Starts a workflow of that many steps and waits for its result; each step returns its number and
   * nothing more, the workflow their sum. Any number of threads may call it.
   *
   * @throws IllegalStateException when the result is wrong
   */
  void run(int steps) throws Exception;

  @Override
  void close();

  /** Refuses a result that is not the sum of the steps' numbers. */
  static void check(int steps, int result) {
    if (result != steps * (steps - 1) / 2) {
      throw new IllegalStateException(steps + " steps came to " + result);
    }
  }
}
