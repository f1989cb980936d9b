package dev.fantasticfour.world.example.order;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.StreamReader;
import dev.fantasticfour.world.api.StreamReader.Item;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.WorldException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes three orders, approves two, rejects one, and prints the receipts. Workers and client are
 * one process here; start it several times at once, on one PostgreSQL and one Redis, and they share
 * the work. With {@code WORKFLOW_STORAGE}, {@code WORKFLOW_QUEUE} and {@code WORKFLOW_STREAMER} set
 * to {@code memory} it needs no server at all.
 */
public final class OrderApp {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private OrderApp() {}

  /** Runs the example with the adapters that the environment names. */
  public static void main(String[] arguments) throws InterruptedException {
    try {
      run(WorldConfig.fromEnvironment(), System.out);
    } catch (WorldException e) {
      // Its message names the variable or the server to look at; a stack trace would not help.
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  static List<Receipt> run(WorldConfig config, PrintStream out) throws InterruptedException {
    Payments payments = new UnreliablePayments();
    OrderWorkflow orders =
        new OrderWorkflow(
            new CalmWarehouse(Duration.ofMillis(200)), Duration.ofDays(3), Duration.ofSeconds(1));
    try (World world =
        World.create(
            config,
            w ->
                w.register(OrderWorkflow.TYPE, orders)
                    .register(
                        OrderWorkflow.CHARGE,
                        (s, charge) -> payments.charge(charge, s.idempotencyKey())))) {
      world.start();
      return served(world.client(), out);
    }
  }

  private static List<Receipt> served(WorldClient client, PrintStream out)
      throws InterruptedException {
    // Ids are new in every process, so that the example may be run again on the same store.
    String day = UUID.randomUUID().toString().substring(0, 8);
    List<Order> orders =
        List.of(
            new Order(day + "-1", "Ada", 4_200, List.of("globe", "atlas", "compass")),
            new Order(day + "-2", "Grace", 900, List.of("postcard")),
            new Order(day + "-3", "Alan", 120_000, List.of("orrery")));

    List<Run<Receipt>> runs = new ArrayList<>();
    for (Order order : orders) {
      // Under a run key, a request that is sent twice starts one run.
      Run<Receipt> run =
          client.start(
              OrderWorkflow.TYPE,
              order,
              o -> o.runKey("order-" + order.id()).attribute("customer", order.customer()));
      out.println("order " + order.id() + " of " + order.customer() + " is " + run.id());
      runs.add(run);
    }

    for (int i = 0; i < runs.size(); i++) {
      String token = runs.get(i).awaitHook(OrderWorkflow.APPROVAL, PATIENCE);
      boolean granted = orders.get(i).cents() < 100_000;
      client.resume(OrderWorkflow.APPROVAL, token, new Approval(granted, "the example"));
    }

    follow(runs.get(0), out);

    List<Receipt> receipts = new ArrayList<>();
    for (Run<Receipt> run : runs) {
      Receipt receipt = run.result(PATIENCE);
      if (receipt == null) {
        throw new IllegalStateException(run.id() + " returned no receipt");
      }
      out.println(receipt);
      receipts.add(receipt);
    }
    return receipts;
  }

  /** Shows the packing of an order live, until it is packed. */
  private static void follow(Run<Receipt> run, PrintStream out) throws InterruptedException {
    try (StreamReader<Progress> reader = run.stream(OrderWorkflow.PROGRESS, 0)) {
      boolean packed = false;
      while (!packed) {
        Optional<Item<Progress>> next = reader.next(PATIENCE);
        if (next.isEmpty()) {
          return;
        }
        packed =
            switch (next.get()) {
              case Item.Chunk<Progress>(long index, Progress progress) -> {
                out.println(
                    "packed " + progress.item() + ", " + progress.done() + " of " + progress.of());
                yield progress.done() == progress.of();
              }
              case Item.Restarted<Progress> again -> {
                out.println("the warehouse starts over");
                yield false;
              }
              case Item.Truncated<Progress> gap -> false;
              case Item.End<Progress> end -> true;
            };
      }
    }
  }
}
