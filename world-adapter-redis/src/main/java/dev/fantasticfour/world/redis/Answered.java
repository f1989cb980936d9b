package dev.fantasticfour.world.redis;

import java.util.Locale;

/**
 * What became of a delivery, on its way to the server, which ignores it when the token is no longer
 * the one of the message's lease.
 *
 * @param number delay or pause in ms, for the outcomes that have one
 * @param text why, for the outcomes that have a reason
 */
record Answered(Outcome outcome, Lease lease, long number, String text) {

  /** What {@code turn.lua} is told, except of those that are done, which it gets as a list. */
  enum Outcome {
    DONE,
    AGAIN,
    FAILED,
    UNDECODABLE,
    /** Stopped by a close: an attempt, but no fault of the message. */
    INTERRUPTED,
    /** Claimed, but never given to a handler: no attempt. */
    UNTOUCHED;

    /** As {@code turn.lua} spells it. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  boolean isDone() {
    return outcome == Outcome.DONE;
  }

  static Answered of(Outcome outcome, Lease lease) {
    return new Answered(outcome, lease, 0, "");
  }
}
