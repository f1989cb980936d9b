package dev.fantasticfour.world.example.quarkus;

import jakarta.enterprise.context.ApplicationScoped;

/** Stands for the bank. */
@ApplicationScoped
public class Payments {

  /**
   * Charges an order.
   *
   * @param key the same for every attempt, so that nothing is paid twice
   */
  String charge(String order, String key) {
    return "paid " + order + " under " + key;
  }
}
