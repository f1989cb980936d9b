package dev.fantasticfour.world.example.fulfilment;

import dev.fantasticfour.world.api.error.FatalException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Notes what it was asked for, and refuses or stops where a test wants it to. */
final class NotedWork implements BackOffice, Carrier {

  final List<String> done = new CopyOnWriteArrayList<>();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();

  /** Nobody brings parcels with that. */
  void refuse(String contents) {
    refused.add(contents);
  }

  /** What is to be done with that parcel, booking or handing over, does not end by itself. */
  void holdAt(String what) {
    held.put(what, new CountDownLatch(1));
  }

  /** Waits until it has come to that. */
  void awaitHeld(String what) throws InterruptedException {
    Objects.requireNonNull(held.get(what)).await();
  }

  private void come(String to) throws InterruptedException {
    CountDownLatch reached = held.get(to);
    if (reached != null) {
      reached.countDown();
      new CountDownLatch(1).await();
    }
  }

  private String noted(String what) {
    done.add(what);
    return what;
  }

  @Override
  public String reserve(Order order) {
    return noted("reserve " + order.id());
  }

  @Override
  public String release(String order) {
    return noted("release " + order);
  }

  @Override
  public String charge(Order order) {
    return noted("charge " + order.id());
  }

  @Override
  public String refund(String order) {
    return noted("refund " + order);
  }

  @Override
  public String book(Shipment shipment) throws InterruptedException {
    String what = "book " + shipment.contents();
    come(what);
    if (refused.contains(shipment.contents())) {
      throw new FatalException("nobody brings " + shipment.contents());
    }
    return noted(what);
  }

  @Override
  public String cancel(String parcel) {
    return noted("cancel " + parcel);
  }

  @Override
  public String collect(String parcel) throws InterruptedException {
    String what = "collect " + parcel;
    come(what);
    return noted(what);
  }

  @Override
  public String recall(String order) {
    return noted("recall " + order);
  }
}
