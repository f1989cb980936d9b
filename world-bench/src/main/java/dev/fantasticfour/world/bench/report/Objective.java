package dev.fantasticfour.world.bench.report;

import java.util.Locale;

/**
 * What a figure should come to.
 *
 * @param of whether our figure itself is meant or its ratio to the peer's
 * @param sense on which side of the bound it should be
 * @param firm whether the project promises it; otherwise it is an aim
 */
public record Objective(Of of, Sense sense, double bound, boolean firm) {

  /** What is compared with the bound. */
  public enum Of {
    FIGURE,
    RATIO
  }

  /** On which side of the bound it should be. */
  public enum Sense {
    AT_MOST,
    AT_LEAST
  }

  /** Our figure divided by the peer's should be at most that. */
  public static Objective ratioAtMost(double bound) {
    return new Objective(Of.RATIO, Sense.AT_MOST, bound, true);
  }

  /** Our figure divided by the peer's should be at least that. */
  public static Objective ratioAtLeast(double bound) {
    return new Objective(Of.RATIO, Sense.AT_LEAST, bound, true);
  }

  /** Our figure should be at most that, in the unit of its row. */
  public static Objective atMost(double bound) {
    return new Objective(Of.FIGURE, Sense.AT_MOST, bound, true);
  }

  /** Our figure should be at least that, in the unit of its row. */
  public static Objective atLeast(double bound) {
    return new Objective(Of.FIGURE, Sense.AT_LEAST, bound, true);
  }

  /** The same as an aim: told, but not promised. */
  public Objective asAim() {
    return new Objective(of, sense, bound, false);
  }

  /** Whether that figure, or that ratio, is what it should be. */
  public boolean isMetBy(double value) {
    return switch (sense) {
      case AT_MOST -> value <= bound;
      case AT_LEAST -> value >= bound;
    };
  }

  /** For people, without its unit: {@code ≤ 1.2×}. */
  public String text() {
    String sign = sense == Sense.AT_MOST ? "≤ " : "≥ ";
    String number =
        bound == Math.rint(bound)
            ? String.format(Locale.ROOT, "%,.0f", bound)
            : String.valueOf(bound);
    return (firm ? "" : "aim ") + sign + number + (of == Of.RATIO ? "×" : "");
  }
}
