package com.example;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.RunView;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import java.time.Duration;

/** A worker that starts one order, approves of it, and waits for its end. */
public final class Shop {

  private Shop() {}

  public static void main(String[] args) {
    boolean isOnServers = System.getenv(WorldConfig.POSTGRES_URL) != null;
    WorldConfig config =
        isOnServers
            ? WorldConfig.fromEnvironment().withMigrateOnStart(true)
            : WorldConfig.inMemory();
    if (!isOnServers) {
      System.out.println("in the memory of this process; see README.md for what survives it");
    }
    try (World world =
        World.create(config, w -> w.register(OrderWorkflow.TYPE, new OrderWorkflow()))) {
      world.start();
      // The same key gives the same run: whoever is started again goes on with it.
      Run<String> run =
          world.client().start(OrderWorkflow.TYPE, "order-42", o -> o.runKey("order-42"));
      System.out.println("run " + run.id() + ": kill me with Ctrl-C and start me again");
      if (!(run.view() instanceof RunView.Completed)) {
        String token = run.awaitHook(OrderWorkflow.APPROVAL, Duration.ofMinutes(1));
        world.client().resume(OrderWorkflow.APPROVAL, token, true);
      }
      System.out.println("completed: " + run.result(Duration.ofMinutes(1)));
    }
  }
}
