package dev.fantasticfour.world.api;

import org.jspecify.annotations.Nullable;

/**
 * How a run goes on as another one: {@code o -> o.operationId("ticket-7")}.
 *
 * @param operationId what the caller knows the operation by: doing it again under the same id finds
 *     the run that it led to; null = each time another run
 * @param branch of the step that a fork begins at, or null for any
 * @param occurrence which of several such steps, from 1 in the order of the log; null = there has
 *     to be one
 * @param keepsSignals whether a fork has the signals and payloads that came after the place where
 *     it begins; a retry always has
 */
public record CopyOptions(
    @Nullable String operationId,
    @Nullable String branch,
    @Nullable Integer occurrence,
    boolean keepsSignals) {

  /** None of these. */
  public static final CopyOptions DEFAULT = new CopyOptions(null, null, null, false);

  /** The same, known by that id. */
  public CopyOptions operationId(String id) {
    return new CopyOptions(id, branch, occurrence, keepsSignals);
  }

  /** The same at a step of that branch, by its path. */
  public CopyOptions branch(String path) {
    return new CopyOptions(operationId, path, occurrence, keepsSignals);
  }

  /** The same at the first, second … of such steps. */
  public CopyOptions occurrence(int number) {
    return new CopyOptions(operationId, branch, number, keepsSignals);
  }

  /** The same with what came later. */
  public CopyOptions keepSignals() {
    return new CopyOptions(operationId, branch, occurrence, true);
  }
}
