package dev.fantasticfour.world.api.run;

import java.util.Locale;

/** Why a run stands, which decides who tries it again and when. */
public enum StallCause {

  /**
   * The code does not fit the history of the run, or asks for what the rules refuse. Workers of the
   * same build would come to the same end: others try it, and every worker that registers.
   */
  CODE,

  /**
   * Its owners died on it, again and again. Anybody tries it, with pauses that grow to an hour,
   * since it may bring down the next one.
   */
  WORKERS_LOST,

  /**
   * Anything else that may pass: an error of the machine, a refusal of a server, a class or a body
   * that is not there. Anybody tries it again, with pauses that grow to five minutes.
   */
  ERROR;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** Its word in stores and outputs. */
  public String word() {
    return word;
  }

  /**
   * The cause of that word.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static StallCause ofWord(String word) {
    for (StallCause cause : values()) {
      if (cause.word.equals(word)) {
        return cause;
      }
    }
    throw new IllegalArgumentException("no cause of a stall is called '" + word + "'");
  }
}
