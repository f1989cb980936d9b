package dev.fantasticfour.world.example.order;

import java.util.function.Consumer;

/** The warehouse. */
interface Warehouse {

  /** Puts the items aside, once per idempotency key, and returns the number of the hold. */
  String reserve(Order order, String idempotencyKey);

  /** Puts the items back. */
  void release(String hold);

  /** Packs the items one by one, telling of each, and returns the number of the parcel. */
  String pack(Order order, String hold, Consumer<Progress> told) throws InterruptedException;
}
