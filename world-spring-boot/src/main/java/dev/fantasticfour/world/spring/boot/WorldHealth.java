package dev.fantasticfour.world.spring.boot;

import dev.fantasticfour.world.api.Health;
import dev.fantasticfour.world.spring.SpringWorld;
import dev.fantasticfour.world.spring.WorldWorkers;
import java.util.List;

/**
 * How the world of a process is: up while it takes runs, or is only to start them. No server is
 * asked: Redis away is a trouble, PostgreSQL away shows when the lease of the worker was not
 * confirmed for its whole time.
 *
 * @param up whether it does what it is there for
 * @param state as words
 * @param troubles what it asks for in vain just now, as sentences
 */
public record WorldHealth(boolean up, String state, List<String> troubles) {

  /** As it is just now. */
  public static WorldHealth of(SpringWorld spring, WorldWorkers workers) {
    Health health = spring.world().health();
    return new WorldHealth(
        health.live() && (health.ready() || !workers.areEnabled()),
        !workers.areEnabled()
            ? "starts runs only"
            : !health.started()
                ? "takes no runs yet"
                : !health.live()
                    ? "its threads stand"
                    : health.ready() ? "takes runs" : "not sure to be alive to the others",
        health.troubles().stream().map(WorldOverview::sentence).toList());
  }
}
