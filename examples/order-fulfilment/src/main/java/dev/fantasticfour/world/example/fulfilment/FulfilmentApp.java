package dev.fantasticfour.world.example.fulfilment;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.ChildRecord;
import dev.fantasticfour.world.api.run.RunRecord;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Ada's order is shipped, Grace's after somebody has approved of it, and Alan's is undone, since
 * nobody brings one of its parcels; all is printed. With {@code WORKFLOW_STORAGE}, {@code
 * WORKFLOW_QUEUE} and {@code WORKFLOW_STREAMER} set to {@code memory} it needs no server at all.
 */
public final class FulfilmentApp {

  private FulfilmentApp() {}

  /** Runs the example with the adapters that the environment names. */
  public static void main(String[] arguments) {
    try {
      run(WorldConfig.fromEnvironment(), System.out);
    } catch (WorldException e) {
      // Its message names the variable or the server to look at; a stack trace would not help.
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  private static void run(WorldConfig config, PrintStream out) {
    PrintedWork work = new PrintedWork(out);
    OrderWorkflow orders = new OrderWorkflow(work, work, Duration.ofDays(3));
    try (World world = open(config, orders, new ShipmentWorkflow(work, Duration.ofMillis(300)))) {
      world.start();
      session(new OrderDesk(world.client()), out);
    }
  }

  /** All that a process of this house can execute. */
  static World open(WorldConfig config, OrderWorkflow orders, ShipmentWorkflow shipments) {
    return World.create(
        config,
        w -> w.register(OrderWorkflow.TYPE, orders).register(ShipmentWorkflow.TYPE, shipments));
  }

  private static void session(OrderDesk desk, PrintStream out) {
    // Ids are new in every process, so that the example may be run again on the same store.
    String day = UUID.randomUUID().toString().substring(0, 8);

    out.println("three parcels, two at once:");
    Order ada = new Order(day + "-ada", "Ada", 42_00, List.of("globe", "atlas", "compass"));
    shown(desk, desk.take(ada), out);

    out.println("a large order:");
    Run<Receipt> large = desk.take(new Order(day + "-grace", "Grace", 1_200_00, List.of("orrery")));
    desk.answer(large, new Approval(true, "the example"));
    out.println("  approved of by the example");
    shown(desk, large, out);

    out.println("one parcel that nobody brings:");
    Order alan = new Order(day + "-alan", "Alan", 99_00, List.of("map", "ticket to the moon"));
    shown(desk, desk.take(alan), out);

    for (RunRecord found : desk.find(OrderWorkflow.STATUS.is(Status.UNDELIVERABLE.name()))) {
      if (alan.id().equals(found.runKey())) {
        out.println("found by its status: " + found.runKey());
      }
    }
  }

  private static void shown(OrderDesk desk, Run<Receipt> order, PrintStream out) {
    out.println(desk.receipt(order));
    for (ChildRecord parcel : desk.parcels(order)) {
      out.println("  " + parcel.workflow() + " " + parcel.childRun() + ": " + parcel.status());
    }
  }
}
