package dev.fantasticfour.world.tck.report;

import dev.fantasticfour.world.tck.spec.KitTest;

/**
 * What became of a test.
 *
 * @param reason why it did not pass, or empty
 * @param millis how long it took
 */
record TestOutcome(KitTest test, Word word, String reason, long millis) {

  /** The four ways; of several the first that occurs is said. */
  enum Word {
    FAILED("failed"),
    NOT_RUN("not run"),
    PASSED("passed"),
    DECLINED("declined");

    private final String text;

    Word(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /** A test of the kit that was not seen. */
  static TestOutcome notRun(KitTest test) {
    return new TestOutcome(test, Word.NOT_RUN, "it was left out of the run", 0);
  }
}
