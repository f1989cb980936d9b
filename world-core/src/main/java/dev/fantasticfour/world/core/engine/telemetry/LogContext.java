package dev.fantasticfour.world.core.engine.telemetry;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What stands beside each line of the log that code of authors writes, whatever logger it uses: the
 * MDC of SLF4J. Set on the threads of workflows and around bodies, and removed afterwards, so that
 * whatever runs on the thread next has nothing of it.
 *
 * <p><b>Concurrency.</b> Of the calling thread.
 */
public final class LogContext {

  /** The id of the run. */
  public static final String RUN = "world.run_id";

  public static final String WORKFLOW = "world.workflow";

  /** Path of the branch, empty for the root. */
  public static final String BRANCH = "world.branch";

  public static final String STEP = "world.step";

  /** The number of the attempt, from 1. */
  public static final String ATTEMPT = "world.attempt";

  /** The worker that runs the body. */
  public static final String WORKER = "world.worker";

  private LogContext() {}

  /** The code of a workflow goes on in a branch. */
  public static void branch(String run, String workflow, String branch) {
    MDC.put(RUN, run);
    MDC.put(WORKFLOW, workflow);
    MDC.put(BRANCH, branch);
  }

  /**
   * The body of a step begins.
   *
   * @param workflow null when it is not known
   * @param branch null when it is not known
   * @param worker null when this process is none any more
   */
  public static void attempt(
      String run,
      @Nullable String workflow,
      @Nullable String branch,
      String step,
      int attempt,
      @Nullable String worker) {
    MDC.put(RUN, run);
    MDC.put(STEP, step);
    MDC.put(ATTEMPT, Integer.toString(attempt));
    putKnown(WORKFLOW, workflow);
    putKnown(BRANCH, branch);
    putKnown(WORKER, worker);
  }

  /** Whatever was said here says nothing any more. */
  public static void clear() {
    MDC.remove(RUN);
    MDC.remove(WORKFLOW);
    MDC.remove(BRANCH);
    MDC.remove(STEP);
    MDC.remove(ATTEMPT);
    MDC.remove(WORKER);
  }

  private static void putKnown(String key, @Nullable String value) {
    if (value != null) {
      MDC.put(key, value);
    }
  }
}
