package dev.fantasticfour.world.cli.doctor;

import dev.fantasticfour.world.api.config.RedisOptions;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.cli.server.Reach;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.embedded.PlainRedisConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Redis: there, new enough, and keeping what it is given. */
final class RedisChecks {

  private static final String NAME = "Redis";
  private static final int LEAST_VERSION = 6;

  private RedisChecks() {}

  static List<Finding> of(Session session, WorldConfig config) {
    if (!config.queue().equals("redis") && !config.streamer().equals("redis")) {
      return List.of(
          Finding.ok(
              NAME, "not used: queue is " + config.queue() + ", streamer " + config.streamer()));
    }
    try (PlainRedisConnection connection = Reach.redis(session, config)) {
      List<Finding> findings = new ArrayList<>();
      findings.add(version(connection, config.redis()));
      // A Sentinel is asked where the master is; how the master evicts, it does not know.
      if (config.redis().mode() != RedisOptions.Mode.SENTINEL) {
        findings.add(eviction(connection));
      }
      return findings;
    } catch (WorldException e) {
      return List.of(
          Finding.unknown(
              NAME,
              String.valueOf(e.getMessage()),
              "start it, or correct " + session.redisVariable()));
    } catch (IOException e) {
      return List.of(
          Finding.unknown(NAME, String.valueOf(e.getMessage()), "look at the server's log"));
    }
  }

  private static Finding version(PlainRedisConnection connection, RedisOptions redis)
      throws IOException {
    String version = connection.info("server", "redis_version");
    if (version == null) {
      return Finding.warn(
          NAME, "does not tell its version", "World needs " + LEAST_VERSION + ".0 or newer");
    }
    String found = version + " at " + Reach.place(redis);
    return major(version) < LEAST_VERSION
        ? Finding.fail(NAME, found, "World needs Redis " + LEAST_VERSION + ".0 or newer")
        : Finding.ok(NAME, found);
  }

  private static Finding eviction(PlainRedisConnection connection) throws IOException {
    @Nullable String policy = connection.info("memory", "maxmemory_policy");
    String check = NAME + " eviction";
    if (policy == null) {
      return Finding.warn(check, "it does not tell its policy", "it has to be noeviction");
    }
    return policy.equals("noeviction")
        ? Finding.ok(check, policy)
        : Finding.warn(
            check,
            policy,
            "under pressure it drops messages, which delays runs: set maxmemory-policy noeviction");
  }

  private static int major(String version) {
    String digits = version.replaceFirst("\\D.*", "");
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }
}
