package dev.fantasticfour.world.core.engine.replay;

/** What code makes of a history that it is told. */
public sealed interface Verdict {

  /** Where in the log it is decided; 0 when that is no event of its own. */
  long position();

  /** What history has there, for people. Names and sizes, never a value. */
  String recorded();

  /** What the code does there, for people. */
  String asked();

  /** Both sides in one sentence, and the likely edit where there is one. */
  String explanation();

  /** Where they differ, both sides, and the likely edit, on lines of their own. */
  default String difference() {
    return "differs"
        + (position() == 0 ? "" : " at event " + position())
        + "\n  recorded: "
        + recorded()
        + "\n  the code: "
        + asked()
        + "\n  "
        + explanation();
  }

  /** Whether a run with this history goes on with this code. */
  default boolean agrees() {
    return this instanceof Agrees;
  }

  /**
   * The code does what is recorded.
   *
   * @param position of the last event that was compared
   */
  record Agrees(long position) implements Verdict {

    @Override
    public String recorded() {
      return "the history up to event " + position;
    }

    @Override
    public String asked() {
      return "the same";
    }

    @Override
    public String explanation() {
      return "History and code agree up to event " + position + ".";
    }
  }

  /** The code asks for something other than what is recorded. */
  record Diverges(long position, String recorded, String asked, String explanation)
      implements Verdict {}

  /** The code, told everything, has not asked again for what is recorded. */
  record LeavesUnread(long position, String recorded, String asked, String explanation)
      implements Verdict {}

  /** The code returns or throws where the history goes on. */
  record EndsEarly(long position, String recorded, String asked) implements Verdict {

    @Override
    public String explanation() {
      return "The code ends ("
          + asked
          + ") where history goes on with "
          + recorded
          + " (event "
          + position
          + "). Was what comes after it removed, or does a condition before it depend on something"
          + " that is not in the history?";
    }
  }

  /** The run has ended, and the code ends otherwise or goes on. */
  record EndsDifferently(long position, String recorded, String asked) implements Verdict {

    @Override
    public String explanation() {
      return "The run ended with "
          + recorded
          + " (event "
          + position
          + "), but the code, told the same history, comes to "
          + asked
          + ".";
    }
  }
}
