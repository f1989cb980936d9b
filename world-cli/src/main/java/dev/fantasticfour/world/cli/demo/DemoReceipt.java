package dev.fantasticfour.world.cli.demo;

import java.util.List;

/**
 * What a run of the demo returns.
 *
 * @param used every step value the workflow went on with, to be compared with what was recorded
 */
record DemoReceipt(int number, String region, long cents, String approvedBy, List<Used> used) {

  DemoReceipt {
    used = List.copyOf(used);
  }

  /**
   * A step, and the value the workflow was given for it.
   *
   * @param value made anew by every execution of the body, so that two executions never agree
   */
  record Used(String step, String value) {}
}
