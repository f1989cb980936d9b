package dev.fantasticfour.world.bench.report;

import java.util.Locale;

/** Numbers as people read them: three digits that matter, thousands apart. */
final class Figures {

  private Figures() {}

  static String text(double value) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    double size = Math.abs(value);
    String format = size >= 100 || size == 0 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, size < 0.01 && size > 0 ? "%.4f" : format, value);
  }

  /** A number of things. */
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A share as percents, without a fraction. */
  static String percent(double share) {
    return Double.isFinite(share) ? String.format(Locale.ROOT, "%.0f %%", share * 100) : "–";
  }
}
