package dev.fantasticfour.world.example.cart;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a cart shows of itself, to whoever asks.
 *
 * @param cents what all of it costs, after the discount if there is one
 */
public record Contents(List<Line> lines, long cents, Status status) {

  /** So many pieces of an item. */
  public record Line(Item item, int pieces) {

    @Override
    public String toString() {
      return pieces + " x " + item.name();
    }
  }

  public Contents {
    lines = List.copyOf(lines);
  }

  /** How many pieces there are of all items together. */
  public int pieces() {
    return lines.stream().mapToInt(Line::pieces).sum();
  }

  @Override
  public String toString() {
    String all = lines.stream().map(Line::toString).collect(Collectors.joining(", "));
    return String.format(Locale.ROOT, "%s for %d.%02d (%s)", all, cents / 100, cents % 100, status);
  }
}
