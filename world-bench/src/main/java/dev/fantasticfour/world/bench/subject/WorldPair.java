package dev.fantasticfour.world.bench.subject;

import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.config.WorldConfig;
import java.time.Duration;
import java.util.Objects;

/**
 * Two worlds over one store: one that only starts runs, so that they go through the queue, and one
 * that executes them. Both live in this JVM, as the two sides of the peers do.
 */
public final class WorldPair implements StepRunner {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final World clientOnly;
  private final World worker;

  /** A pair with that configuration. */
  public WorldPair(WorldConfig config) {
    this.worker = Worlds.open(config, WorldFlows::register);
    worker.start();
    this.clientOnly = Worlds.open(config.withMigrateOnStart(false), nothing -> {});
  }

  @Override
  public void run(int steps) {
    Integer sum = clientOnly.client().start(WorldFlows.STEPS, steps).result(PATIENCE);
    StepRunner.check(steps, Objects.requireNonNull(sum));
  }

  /** The client of the world that executes nothing. */
  public WorldClient away() {
    return clientOnly.client();
  }

  /** The client of the world that executes. */
  public WorldClient here() {
    return worker.client();
  }

  @Override
  public void close() {
    clientOnly.close(Duration.ofSeconds(2));
    worker.close(Duration.ofSeconds(2));
  }
}
