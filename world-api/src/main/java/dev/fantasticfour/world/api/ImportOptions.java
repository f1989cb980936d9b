package dev.fantasticfour.world.api;

/**
 * What becomes of a history that is imported.
 *
 * @param isNew whether its run comes under a new id, with new ids of its steps; otherwise under the
 *     one it had, with the times it had
 * @param isGoing whether a run that has not ended goes on at once; otherwise it is paused
 */
public record ImportOptions(boolean isNew, boolean isGoing) {

  /** The run as it was, paused. */
  public static final ImportOptions DEFAULT = new ImportOptions(false, false);

  /** The same under a new id. */
  public ImportOptions asNew() {
    return new ImportOptions(true, isGoing);
  }

  /** The same, going on at once. */
  public ImportOptions going() {
    return new ImportOptions(isNew, true);
  }
}
