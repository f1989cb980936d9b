package dev.fantasticfour.world.cli.restore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.cli.server.Reach;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.embedded.PlainRedisConnection;
import dev.fantasticfour.world.redis.RedisKeys;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code world after-restore}. */
@Command(
    name = "after-restore",
    description = {
      "Make a database fit to go on that was brought back from a backup, before any worker starts:",
      "workers of before count as dead, and what Redis holds of a time that is no more goes.",
      "Needs PostgreSQL as storage. May be run any number of times."
    })
public final class AfterRestore implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  /** What was found and done. */
  private record Done(long open, int workers, long keys, List<String> torn) {}

  public AfterRestore(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws SQLException, IOException {
    WorldConfig config = session.config();
    if (!config.storage().equals("postgres")) {
      throw new WorldException(
          ErrorCode.NOT_SUPPORTED,
          "a database is brought back, and WORKFLOW_STORAGE is " + config.storage());
    }
    Reach.everything(session, config);
    try (Connection connection = Reach.postgres(config)) {
      Done done = done(config, new RestoredStore(connection, config.schema()));
      new Printed(session, output).value(() -> json(done), () -> text(done));
      return done.torn().isEmpty() ? ExitCode.OK : ExitCode.NO;
    }
  }

  private Done done(WorldConfig config, RestoredStore store) throws SQLException, IOException {
    List<String> living = store.livingWorkers();
    if (!living.isEmpty()) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          "worker "
              + String.join(", ", living)
              + " lives, or did until a moment ago: stop all workers, wait until their leases are"
              + " over (WORKFLOW_LEASE), and run this again");
    }
    int workers = store.endWorkers();
    return new Done(store.openRuns(), workers, forgetFuture(config), store.tornRuns());
  }

  /** Whoever waits in a queue is missed there and sent anew. */
  private long forgetFuture(WorldConfig config) throws IOException {
    if (!config.queue().equals("redis") && !config.streamer().equals("redis")) {
      return 0;
    }
    try (PlainRedisConnection redis = Reach.redis(session, config)) {
      return new StaleKeys(redis, new RedisKeys(config.jobPrefix())).delete();
    }
  }

  private static ObjectNode json(Done done) {
    ObjectNode node =
        Json.object()
            .put("openRuns", done.open())
            .put("workersEnded", done.workers())
            .put("keysDeleted", done.keys());
    done.torn().forEach(node.putArray("tornRuns")::add);
    return node;
  }

  private static String text(Done done) {
    String found =
        "%d runs go on once workers start; %d workers of before count as dead, %d keys of Redis are gone"
            .formatted(done.open(), done.workers(), done.keys());
    return done.torn().isEmpty()
        ? found
        : found
            + "\nthe backup is torn: the logs of these runs do not end where they should: "
            + String.join(", ", done.torn());
  }
}
