package dev.fantasticfour.world.example.cart;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Notes what it was asked for, and fails or stops where a test wants it to. */
final class NotedOffice implements BackOffice {

  final List<String> reminded = new CopyOnWriteArrayList<>();
  final List<Long> charged = new CopyOnWriteArrayList<>();
  final List<String> packed = new CopyOnWriteArrayList<>();
  private final Set<Item> failing = ConcurrentHashMap.newKeySet();
  private final Set<Item> stopping = ConcurrentHashMap.newKeySet();
  private final CountDownLatch stopped = new CountDownLatch(1);

  /** Packing that item fails, once. */
  void failOnceAt(Item item) {
    failing.add(item);
  }

  /** Packing that item does not end by itself. */
  void stopAt(Item item) {
    stopping.add(item);
  }

  void awaitStop() throws InterruptedException {
    stopped.await();
  }

  @Override
  public String remind(String customer, Contents contents, String idempotencyKey) {
    reminded.add(customer);
    return idempotencyKey;
  }

  @Override
  public String charge(String customer, long cents, String idempotencyKey) {
    charged.add(cents);
    return idempotencyKey;
  }

  @Override
  public void pack(Contents.Line line) throws IOException, InterruptedException {
    if (failing.remove(line.item())) {
      throw new IOException("out of tape");
    }
    if (stopping.contains(line.item())) {
      stopped.countDown();
      new CountDownLatch(1).await();
    }
    packed.add(line.toString());
  }
}
