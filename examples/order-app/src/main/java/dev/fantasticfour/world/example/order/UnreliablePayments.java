package dev.fantasticfour.world.example.order;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Answers the first request for every charge with an error, as services do on bad days. */
final class UnreliablePayments implements Payments {

  private final Set<String> refusedOnce = ConcurrentHashMap.newKeySet();
  private final Map<String, String> payments = new ConcurrentHashMap<>();

  @Override
  public String charge(Charge charge, String idempotencyKey) throws IOException {
    if (refusedOnce.add(idempotencyKey)) {
      throw new IOException("payment service answered 503");
    }
    return payments.computeIfAbsent(idempotencyKey, key -> "payment-" + charge.orderId());
  }
}
