package dev.fantasticfour.world.core.operate;

import dev.fantasticfour.world.api.Health.Trouble;
import dev.fantasticfour.world.api.World;
import java.util.List;

/**
 * How a process is in the words of an orchestrator: three probes, each up or down with its reason,
 * and what is degraded meanwhile. Nobody is asked for it, least of all a server, so that a probe is
 * quick and an outage of PostgreSQL restarts no process.
 *
 * @param started whether a worker is registered, as a startup probe asks: once up, it stays so
 *     until the world is closed
 * @param live whether the own threads go on, as a liveness probe asks: down only when a restart of
 *     the process helps
 * @param ready whether the worker takes runs, as a readiness probe asks: the store has confirmed it
 *     within the last lease. A store that is away for longer makes it down; a queue or a streamer
 *     that is away does not, because the sweep does without them (law L4)
 * @param degraded what is asked for again and again just now, the oldest first, each with what that
 *     means meanwhile and the reason; empty when all is well. No secret is in it
 */
public record Health(Probe started, Probe live, Probe ready, List<String> degraded) {

  private static final String NOT_STARTED =
      "its workers are not started, or it is closed; a process that is only a client has none, and"
          + " asks whether it is live alone";

  private static final String STANDS_STILL =
      "a thread of its own, or a call of the store, has not come back for three leases; restart the"
          + " process";

  private static final String NOT_CONFIRMED =
      "the store has not confirmed its worker within the last lease; it takes runs again as soon as"
          + " it is confirmed or registered anew";

  /** Copies what is degraded. */
  public Health {
    degraded = List.copyOf(degraded);
  }

  /**
   * What one question is answered.
   *
   * @param up whether all is well
   * @param reason why it is not, for people; empty when it is
   */
  public record Probe(boolean up, String reason) {

    private static final Probe UP = new Probe(true, "");

    private static Probe of(boolean up, String reason) {
      return up ? UP : new Probe(false, reason);
    }
  }

  /** How that world is now; also before it is started and after it was closed. Any thread. */
  public static Health of(World world) {
    return of(world.health());
  }

  /** The same, of what a world has said of itself. */
  public static Health of(dev.fantasticfour.world.api.Health said) {
    return new Health(
        Probe.of(said.started(), NOT_STARTED),
        Probe.of(said.live(), STANDS_STILL),
        Probe.of(said.ready(), said.started() ? NOT_CONFIRMED : NOT_STARTED),
        said.troubles().stream().map(Health::told).toList());
  }

  private static String told(Trouble trouble) {
    return trouble.what()
        + " (since "
        + trouble.since()
        + "; meanwhile "
        + trouble.meanwhile()
        + "): "
        + trouble.reason();
  }
}
