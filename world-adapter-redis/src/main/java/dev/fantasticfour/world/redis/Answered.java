package dev.fantasticfour.world.redis;

/**
 * What became of a delivery, on its way to the server, which ignores it when the token is no longer
 * the one of the message's lease.
 *
 * @param number delay or pause in ms, for the outcomes that have one
 * @param text why, for the outcomes that have a reason
 */
record Answered(Outcome outcome, Lease lease, long number, String text) {

  /** As {@code turn.lua} spells them. */
  enum Outcome {
    DONE("done"),
    AGAIN("again"),
    FAILED("failed"),
    UNDECODABLE("undecodable"),
    /** Stopped by a close: an attempt, but no fault of the message. */
    INTERRUPTED("interrupted"),
    /** Claimed, but never given to a handler: no attempt. */
    UNTOUCHED("untouched");

    private final String word;

    Outcome(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  boolean isDone() {
    return outcome == Outcome.DONE;
  }

  static Answered of(Outcome outcome, Lease lease) {
    return new Answered(outcome, lease, 0, "");
  }
}
