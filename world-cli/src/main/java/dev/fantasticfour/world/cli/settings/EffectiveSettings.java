package dev.fantasticfour.world.cli.settings;

import dev.fantasticfour.world.api.config.Secrets;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.cli.session.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is in force, without a secret. */
final class EffectiveSettings {

  private static final String HIDDEN = "***";
  private static final Map<String, Function<WorldConfig, @Nullable Object>> OF_WORLD =
      new LinkedHashMap<>();

  static {
    OF_WORLD.put(WorldConfig.POSTGRES_URL, c -> masked(c.connectionString()));
    OF_WORLD.put("WORKFLOW_POSTGRES_REPLICA_URL", c -> masked(c.replicaConnectionString()));
    OF_WORLD.put("WORKFLOW_POSTGRES_SCHEMA", WorldConfig::schema);
    OF_WORLD.put("WORKFLOW_POSTGRES_POOL_SIZE", WorldConfig::poolSize);
    OF_WORLD.put("WORKFLOW_POSTGRES_MIGRATE", WorldConfig::migrateOnStart);
    OF_WORLD.put(WorldConfig.REDIS_URL, WorldConfig::redis);
    OF_WORLD.put("WORKFLOW_POSTGRES_JOB_PREFIX", WorldConfig::jobPrefix);
    OF_WORLD.put("WORKFLOW_APPLICATION", WorldConfig::application);
    OF_WORLD.put("WORKFLOW_BUILD_ID", WorldConfig::buildId);
    OF_WORLD.put("WORKFLOW_POSTGRES_WORKER_CONCURRENCY", WorldConfig::queueConcurrency);
    OF_WORLD.put("WORKFLOW_MAX_ACTIVE_RUNS", WorldConfig::maxActiveRuns);
    OF_WORLD.put("WORKFLOW_MAX_PARKED_THREADS", WorldConfig::maxParkedThreads);
    OF_WORLD.put("WORKFLOW_MAX_STEP_BODIES", WorldConfig::maxStepBodies);
    OF_WORLD.put("WORKFLOW_HISTORY_WARNING", WorldConfig::historyWarning);
    OF_WORLD.put("WORKFLOW_LEASE", WorldConfig::lease);
    OF_WORLD.put("WORKFLOW_RETENTION", WorldConfig::retention);
    OF_WORLD.put("WORKFLOW_RETENTION_ARCHIVE", WorldConfig::retentionArchive);
    OF_WORLD.put("WORKFLOW_STORAGE", WorldConfig::storage);
    OF_WORLD.put("WORKFLOW_QUEUE", WorldConfig::queue);
    OF_WORLD.put("WORKFLOW_STREAMER", WorldConfig::streamer);
  }

  /**
   * One setting.
   *
   * @param variable what sets it
   * @param value without what is secret in it; null when it is not set and has no default
   * @param source {@code environment}, {@code profile NAME} or {@code default}
   */
  record Setting(String variable, @Nullable String value, String source) {}

  private EffectiveSettings() {}

  /** All of them; last those that World does not know, whose values may all be secret. */
  static List<Setting> of(Session session) {
    WorldConfig config = session.config();
    List<Setting> all = new ArrayList<>();
    OF_WORLD.forEach(
        (variable, reading) -> {
          Object value = reading.apply(config);
          all.add(
              new Setting(
                  variable,
                  value == null ? null : Secrets.mask(value.toString()),
                  source(session, variable)));
        });
    for (String variable : new TreeSet<>(config.settings().keySet())) {
      all.add(new Setting(variable, HIDDEN, source(session, variable)));
    }
    return all;
  }

  private static @Nullable String masked(@Nullable String address) {
    return address == null ? null : Secrets.maskAddress(address);
  }

  private static String source(Session session, String variable) {
    String read = variable.equals(WorldConfig.REDIS_URL) ? session.redisVariable() : variable;
    if (session.variable(read).isEmpty()) {
      return "default";
    }
    String by = session.profile() == null ? "environment" : "profile " + session.profile().name();
    return read.equals(variable) ? by : by + " (" + read + ")";
  }
}
