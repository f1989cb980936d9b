package com.example;

import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import java.util.HashMap;
import java.util.Map;

/** A worker that takes one order. */
public final class Shop {

  private Shop() {}

  public static void main(String[] args) {
    // Servers that this process starts, unless the environment names others.
    Map<String, String> settings = new HashMap<>();
    settings.put(WorldConfig.POSTGRES_URL, "embedded");
    settings.put(WorldConfig.REDIS_URL, "embedded");
    settings.putAll(System.getenv());
    try (World world =
        World.create(
            WorldConfig.from(settings), w -> w.register(OrderWorkflow.TYPE, new OrderWorkflow()))) {
      world.start();
      FirstOrder.take(world.client());
    }
  }
}
