package dev.fantasticfour.world.example.fulfilment;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.attribute.AttributeCondition;
import dev.fantasticfour.world.api.run.ChildRecord;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.Runs;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Where orders are taken and looked after. It holds nothing itself. Safe for any number of threads,
 * in any number of processes.
 */
final class OrderDesk {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final WorldClient client;

  OrderDesk(WorldClient client) {
    this.client = client;
  }

  /** Takes an order. Sent twice, since nobody answered, it is one order. */
  Run<Receipt> take(Order order) {
    return client.start(OrderWorkflow.TYPE, order, o -> o.runKey(order.id()));
  }

  /** Answers for a large order, as soon as it asks. */
  void answer(Run<Receipt> order, Approval approval) {
    String token = order.awaitHook(OrderWorkflow.APPROVAL, PATIENCE);
    client.resume(OrderWorkflow.APPROVAL, token, approval);
  }

  /** The receipt of an order that ends. */
  Receipt receipt(Run<Receipt> order) {
    return Objects.requireNonNull(order.result(PATIENCE));
  }

  /** The parcels of an order that were begun, and how far each has come. */
  List<ChildRecord> parcels(Run<Receipt> order) {
    return client.children(order.id(), PageRequest.oldestFirst()).items();
  }

  /** The newest orders of which something is true: {@code find(TOTAL.atLeast(5000L))}. */
  List<RunRecord> find(AttributeCondition condition) {
    return client
        .runs(Runs.of(OrderWorkflow.TYPE).where(condition), PageRequest.newestFirst())
        .items();
  }
}
