package dev.fantasticfour.world.example.agent;

import dev.fantasticfour.world.api.error.FatalException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes what it was used for, and does nothing for order o-0. */
record NotedTool(String name, boolean isDangerous, List<String> used) implements Tool {

  NotedTool(String name, boolean isDangerous) {
    this(name, isDangerous, new CopyOnWriteArrayList<>());
  }

  @Override
  public String use(String argument, String idempotencyKey) {
    if (argument.equals("o-0")) {
      throw new FatalException("out of order");
    }
    used.add(argument);
    return argument + " is paid back";
  }
}
