package dev.fantasticfour.world.cli.doctor;

import dev.fantasticfour.world.api.config.Secrets;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.cli.server.Reach;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.embedded.PlainRedisConnection;
import dev.fantasticfour.world.redis.RedisExamination;
import java.io.IOException;
import java.util.List;

/** Redis: whatever the adapter looks at before it uses one. */
final class RedisChecks {

  private static final String NAME = "Redis";

  private RedisChecks() {}

  static List<Diagnosis> of(Session session, WorldConfig config) {
    if (!config.queue().equals("redis") && !config.streamer().equals("redis")) {
      return List.of(
          Diagnosis.ok(
              NAME, "not used: queue is " + config.queue() + ", streamer " + config.streamer()));
    }
    try (PlainRedisConnection connection = Reach.redis(session, config)) {
      // The adapter's client would say at length what is one line when nobody is there.
      connection.command("PING");
      return RedisExamination.of(config).stream()
          .map(found -> Diagnosis.of(NAME, found, Reach.place(config.redis())))
          .toList();
    } catch (WorldException e) {
      return List.of(
          Diagnosis.unknown(
              NAME,
              String.valueOf(e.getMessage()),
              "start it, or correct " + session.redisVariable()));
    } catch (IOException e) {
      return List.of(
          Diagnosis.unknown(
              NAME, Secrets.mask(String.valueOf(e.getMessage())), "look at the server's log"));
    }
  }
}
