package dev.fantasticfour.world.api.error;

/**
 * Thrown into the threads of a run that this process stops executing while the run itself lives on:
 * it was evicted, its ownership was lost, or the process shuts down. Not an outcome: whatever the
 * code does after it is ignored, every further call on its context throws it again, and the run is
 * continued elsewhere or later by replay. Never catch it to do work; {@code finally} blocks run, so
 * keep clean-up with effects in steps.
 */
public final class RunDetached extends Error {

  private static final long serialVersionUID = 1L;

  public RunDetached(String runId) {
    super("run " + runId + " is no longer executed here", null, false, false);
  }
}
