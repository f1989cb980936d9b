package dev.fantasticfour.world.bench.subject;

import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import java.time.Duration;
import java.util.Objects;

/** World, one node: what is started there is executed there. */
public final class WorldSteps implements StepRunner {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final World world;

  /** A node with that configuration, its workers started. */
  public WorldSteps(WorldConfig config) {
    this.world = Worlds.open(config, WorldFlows::register);
    world.start();
  }

  @Override
  public void run(int steps) {
    Integer sum = world.client().start(WorldFlows.STEPS, steps).result(PATIENCE);
    StepRunner.check(steps, Objects.requireNonNull(sum));
  }

  /** Runs one workflow whose input is that text, and the result of its step too. */
  public void echo(String text) {
    Integer length = world.client().start(WorldFlows.ECHO, text).result(PATIENCE);
    if (Objects.requireNonNull(length) != text.length()) {
      throw new IllegalStateException(text.length() + " characters came to " + length);
    }
  }

  @Override
  public void close() {
    world.close(Duration.ofSeconds(2));
  }
}
