package dev.fantasticfour.world.api.run;

/**
 * Which builds may execute a run. Not a fact: an operator may change it while the run is open, and
 * nothing that the run has done depends on it.
 */
public sealed interface Pin {

  /** Any build. */
  Pin AUTO = new Auto();

  /** The build that takes the run first, and no other from then on. */
  Pin FIRST = new First();

  /** That build and no other. */
  static Pin to(String build) {
    return new To(build);
  }

  /** Any build: the run is not pinned. */
  record Auto() implements Pin {}

  /** Not pinned yet, but to the build that takes it first. */
  record First() implements Pin {}

  /**
   * Pinned.
   *
   * @param build the id of a build, as processes are given it ({@code WORKFLOW_BUILD_ID})
   */
  record To(String build) implements Pin {

    /** The longest id of a build, in characters. */
    public static final int MAX_LENGTH = 255;

    public To {
      Ids.requireText("build to pin to", build, MAX_LENGTH);
    }
  }
}
