package dev.fantasticfour.world.test;

/** What goes wrong at a call that a worker makes of its storage, its queue or its streamer. */
public enum Crash {
  /** The process is lost before the call reaches anybody. */
  BEFORE,
  /** The process is lost when the call has done its work, before its answer. */
  AFTER,
  /** The call has done its work, and the process gets an error for an answer. */
  ANSWER_LOST
}
