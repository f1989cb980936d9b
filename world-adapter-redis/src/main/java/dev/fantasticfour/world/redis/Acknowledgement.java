package dev.fantasticfour.world.redis;

import java.util.Locale;

/**
 * What a consumer says of a delivery, on its way to the server, which ignores it when the receipt
 * is no longer the one of the message's lease.
 *
 * @param number delay or pause in ms, for the dispositions that have one
 * @param text why, for the dispositions that have a reason
 */
record Acknowledgement(Disposition disposition, ReceiptHandle receipt, long number, String text) {

  /**
   * What became of the delivery, as {@code turn.lua} is told, except of those that are done, which
   * it gets as a list.
   */
  enum Disposition {
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
    return disposition == Disposition.DONE;
  }

  static Acknowledgement of(Disposition disposition, ReceiptHandle receipt) {
    return new Acknowledgement(disposition, receipt, 0, "");
  }
}
