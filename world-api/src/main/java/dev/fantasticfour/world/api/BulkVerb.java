package dev.fantasticfour.world.api;

/** What is done to each of many runs. */
public enum BulkVerb {
  /** {@link Run#retry}. */
  RETRY,
  /** {@link Run#rerun}. */
  RERUN,
  /** {@link Run#cancel}. */
  CANCEL,
  /** {@link Run#terminate}. */
  TERMINATE,
  /** {@link Run#pause}. */
  PAUSE,
  /** {@link Run#resume}. */
  RESUME,
  /** {@link Run#nudge}. */
  NUDGE
}
