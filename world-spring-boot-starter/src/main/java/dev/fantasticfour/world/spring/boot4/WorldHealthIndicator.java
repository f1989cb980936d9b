package dev.fantasticfour.world.spring.boot4;

import dev.fantasticfour.world.spring.SpringWorld;
import dev.fantasticfour.world.spring.WorldWorkers;
import dev.fantasticfour.world.spring.boot.WorldHealth;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Tells the health of the world in the form of Spring Boot 4. */
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
    WorldHealth health = WorldHealth.of(spring, workers);
    var unused = (health.up() ? builder.up() : builder.down()).withDetail("state", health.state());
    if (!health.troubles().isEmpty()) {
      unused = builder.withDetail("degraded", health.troubles());
    }
  }
}
