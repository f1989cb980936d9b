package dev.fantasticfour.world.example.guice;

import com.google.inject.Guice;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import java.time.Duration;

/** Greets everybody who is named on the command line. */
public final class GreetingApp {

  private GreetingApp() {}

  public static void main(String[] names) {
    WorldConfig config = WorldConfig.fromEnvironment();
    try (World world = Guice.createInjector(new GreetingModule(config)).getInstance(World.class)) {
      world.start();
      for (String name : names) {
        System.out.println(
            world.client().start(GreetingWorkflow.TYPE, name).result(Duration.ofMinutes(1)));
      }
    }
  }
}
