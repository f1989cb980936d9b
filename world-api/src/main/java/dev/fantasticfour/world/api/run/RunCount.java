package dev.fantasticfour.world.api.run;

/**
 * How many runs a filter matches, counted up to a bound: nobody waits, and nothing is blocked, for
 * the exact number of millions.
 *
 * @param runs how many, at most {@value #MOST}
 * @param more whether there are more than that
 */
public record RunCount(long runs, boolean more) {

  /** How far is counted. */
  public static final int MOST = 10_000;

  /** What it comes to when counting stops after one more than {@link #MOST}. */
  public static RunCount of(long counted) {
    return new RunCount(Math.min(counted, MOST), counted > MOST);
  }

  /** For people: {@code 42}, or {@code 10000 or more}. */
  @Override
  public String toString() {
    return more ? runs + " or more" : Long.toString(runs);
  }
}
