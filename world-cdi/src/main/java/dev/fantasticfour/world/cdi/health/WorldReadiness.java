package dev.fantasticfour.world.cdi.health;

import dev.fantasticfour.world.api.Health;
import dev.fantasticfour.world.cdi.CdiWorld;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * The health of the world, as a part of readiness and never of liveness: a restart helps nobody
 * whose database is away. Asks no server.
 */
@ApplicationScoped
public class WorldReadiness {

  /** Made by the container. */
  public WorldReadiness() {}

  @Produces
  @Readiness
  @Singleton
  HealthCheck world(CdiWorld world) {
    return () -> response(world.world().health(), world.isWorking());
  }

  private static HealthCheckResponse response(Health health, boolean isWorking) {
    boolean isUp = health.live() && (health.ready() || !isWorking);
    Map<String, Object> details = new LinkedHashMap<>();
    details.put(
        "state",
        !isWorking
            ? "starts runs only"
            : health.ready() ? "takes runs" : "not sure to be alive to the others");
    if (!health.troubles().isEmpty()) {
      details.put(
          "degraded",
          health.troubles().stream()
              .map(trouble -> trouble.what() + " is not answered: " + trouble.reason())
              .collect(Collectors.joining("; ")));
    }
    return new HealthCheckResponse(
        "world",
        isUp ? HealthCheckResponse.Status.UP : HealthCheckResponse.Status.DOWN,
        Optional.of(details));
  }
}
