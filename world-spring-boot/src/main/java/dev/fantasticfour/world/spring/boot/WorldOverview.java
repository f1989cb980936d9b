package dev.fantasticfour.world.spring.boot;

import dev.fantasticfour.world.api.Health;
import dev.fantasticfour.world.api.config.Build;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.spring.SpringWorld;
import dev.fantasticfour.world.spring.WorldWorkers;
import java.util.List;

/**
 * What a process says of its world, without asking a server.
 *
 * @param application whose runs it executes
 * @param build which code it is
 * @param workers whether it executes anything
 * @param workflows that it can execute
 * @param steps that it has bodies for
 * @param troubles what it asks for in vain just now, as sentences
 */
record WorldOverview(
    String application,
    String build,
    String storage,
    String queue,
    String streamer,
    boolean workers,
    boolean started,
    boolean ready,
    List<String> workflows,
    List<String> steps,
    List<String> troubles) {

  static WorldOverview of(SpringWorld spring, WorldWorkers workers) {
    WorldConfig config = spring.config();
    Health health = spring.world().health();
    return new WorldOverview(
        config.application(),
        Build.idOf(config),
        config.storage(),
        config.queue(),
        config.streamer(),
        workers.areEnabled(),
        health.started(),
        health.ready(),
        workers.workflows(),
        workers.steps(),
        health.troubles().stream().map(WorldOverview::sentence).toList());
  }

  static String sentence(Health.Trouble trouble) {
    return trouble.what()
        + " is not answered since "
        + trouble.since()
        + ": "
        + trouble.reason()
        + "; "
        + trouble.meanwhile();
  }
}
