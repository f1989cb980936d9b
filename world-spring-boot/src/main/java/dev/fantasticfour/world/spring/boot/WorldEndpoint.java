package dev.fantasticfour.world.spring.boot;

import dev.fantasticfour.world.spring.SpringWorld;
import dev.fantasticfour.world.spring.WorldWorkers;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** {@code /actuator/world}: how the world of this process is. Changes nothing. */
@Endpoint(id = "world")
public final class WorldEndpoint {

  private final SpringWorld spring;
  private final WorldWorkers workers;

  WorldEndpoint(SpringWorld spring, WorldWorkers workers) {
    this.spring = spring;
    this.workers = workers;
  }

  /** The overview; no server is asked. */
  @ReadOperation
  public Object overview() {
    return WorldOverview.of(spring, workers);
  }
}
