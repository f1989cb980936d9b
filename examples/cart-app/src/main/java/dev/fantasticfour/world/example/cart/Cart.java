package dev.fantasticfour.world.example.cart;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the workflow knows of a cart: plain fields without locks, since the branches of a run take
 * turns. After a crash it is what the log makes of a new one.
 */
final class Cart {

  private static final int MOST_PIECES = 99;
  private static final long DISCOUNT_FROM = 50_00;

  private final Map<Item, Integer> pieces = new LinkedHashMap<>();
  private final boolean discounted;
  private Status status = Status.SHOPPING;
  private int wishes;

  /**
   * @param discounted whether much costs a tenth less
   */
  Cart(boolean discounted) {
    this.discounted = discounted;
  }

  void add(Item item) {
    pieces.merge(item, 1, Integer::sum);
    wished();
  }

  /** Takes the wish by returning; it changes nothing. */
  void check(Quantity wanted) {
    if (wanted.pieces() < 0 || wanted.pieces() > MOST_PIECES) {
      throw new IllegalArgumentException(
          "0 to " + MOST_PIECES + " pieces can be had, not " + wanted.pieces());
    }
    if (status != Status.SHOPPING && status != Status.REMINDED) {
      throw new IllegalStateException("nothing can be changed: this cart is " + status);
    }
  }

  void change(Quantity wanted) {
    if (wanted.pieces() == 0) {
      pieces.remove(wanted.item());
    } else {
      pieces.put(wanted.item(), wanted.pieces());
    }
    wished();
  }

  private void wished() {
    wishes++;
    status = Status.SHOPPING;
  }

  /** How often the customer has wished for something. */
  int wishes() {
    return wishes;
  }

  boolean isEmpty() {
    return pieces.isEmpty();
  }

  void become(Status next) {
    status = next;
  }

  long cents() {
    long sum = pieces.entrySet().stream().mapToLong(e -> e.getKey().cents() * e.getValue()).sum();
    return discounted && sum >= DISCOUNT_FROM ? sum - sum / 10 : sum;
  }

  Contents contents() {
    List<Contents.Line> lines =
        pieces.entrySet().stream().map(e -> new Contents.Line(e.getKey(), e.getValue())).toList();
    return new Contents(lines, cents(), status);
  }
}
