package dev.fantasticfour.world.spring.boot;

import dev.fantasticfour.world.spring.SpringWorld;
import dev.fantasticfour.world.spring.WorldWorkers;
import java.util.List;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Up while this process takes runs, or is only to start them. Asks no server: Redis away is a
 * detail, PostgreSQL away shows when the lease of the worker was not confirmed for its whole time.
 */
final class WorldHealthIndicator extends AbstractHealthIndicator {

  private final SpringWorld spring;
  private final WorldWorkers workers;

  WorldHealthIndicator(SpringWorld spring, WorldWorkers workers) {
    super("the health of the world could not be told");
    this.spring = spring;
    this.workers = workers;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    dev.fantasticfour.world.api.Health health = spring.world().health();
    boolean isReady = health.live() && (health.ready() || !workers.areEnabled());
    var unused = isReady ? builder.up() : builder.down();
    String state =
        !workers.areEnabled()
            ? "starts runs only"
            : !health.started()
                ? "takes no runs yet"
                : !health.live()
                    ? "its threads stand"
                    : health.ready() ? "takes runs" : "not sure to be alive to the others";
    unused = builder.withDetail("state", state);
    List<String> troubles = health.troubles().stream().map(WorldOverview::sentence).toList();
    if (!troubles.isEmpty()) {
      unused = builder.withDetail("degraded", troubles);
    }
  }
}
