package dev.fantasticfour.world.api.event;

/**
 * Where in the code something was asked for (law L6).
 *
 * @param name the stable name of the step, hook type or wait
 * @param branch path of the branch, empty for the root
 * @param index which request of that branch it was, counted from 0 over all kinds; {@link #UNKNOWN}
 *     from a runtime that does not count
 */
public record Site(String name, String branch, int index) {

  /** The index when nobody counted. */
  public static final int UNKNOWN = -1;

  /** A site of which only the name is known. */
  public static Site named(String name) {
    return new Site(name, "", UNKNOWN);
  }

  @Override
  public String toString() {
    return "'" + name + "' (request " + index + " of branch '" + branch + "')";
  }
}
