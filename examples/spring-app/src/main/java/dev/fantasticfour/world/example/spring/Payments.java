package dev.fantasticfour.world.example.spring;

/** Stands for the bank. */
final class Payments {

  /**
   * @param key the same for every attempt, so that nothing is paid twice
   */
  String charge(Order order, String key) {
    return "paid " + order.cents() + " under " + key;
  }
}
