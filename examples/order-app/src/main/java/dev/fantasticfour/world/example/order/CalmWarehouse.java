package dev.fantasticfour.world.example.order;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Has everything, and takes its time to pack it. */
final class CalmWarehouse implements Warehouse {

  private final Duration perItem;

  CalmWarehouse(Duration perItem) {
    this.perItem = perItem;
  }

  @Override
  public String reserve(Order order, String idempotencyKey) {
    return "hold-" + order.id();
  }

  @Override
  public void release(String hold) {
    // Nothing was really put aside.
  }

  @Override
  public String pack(Order order, String hold, Consumer<Progress> told)
      throws InterruptedException {
    List<String> items = order.items();
    for (int i = 0; i < items.size(); i++) {
      Thread.sleep(perItem);
      told.accept(new Progress(items.get(i), i + 1, items.size()));
    }
    return "parcel-" + order.id();
  }
}
