package dev.fantasticfour.world.spring;

import dev.fantasticfour.world.api.config.EmbeddedServers;
import dev.fantasticfour.world.api.config.RedisOptions;
import dev.fantasticfour.world.api.config.RetentionPolicy;
import dev.fantasticfour.world.api.config.RetentionRule;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.WorldException;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The properties under {@code world}. What is null was not set, and is what {@link WorldConfig} has
 * as its default.
 *
 * @param enabled whether there is a world at all
 * @param application the task queue that the workers of one application share
 * @param buildId names the code of this process
 * @param storage name of the Storage adapter
 * @param queue name of the Queue adapter
 * @param streamer name of the Streamer adapter
 * @param startup what to do when the storage does not answer at start
 * @param historyWarning how many events a run may have before it is warned about
 * @param tracing whether what the world does is traced
 * @param retention how long runs are kept
 * @param settings what adapters that World does not know are told, by name of the variable
 */
public record WorldProperties(
    @Nullable Boolean enabled,
    @Nullable String application,
    @Nullable String buildId,
    @Nullable String storage,
    @Nullable String queue,
    @Nullable String streamer,
    @Nullable Startup startup,
    @Nullable Integer historyWarning,
    @Nullable Postgres postgres,
    @Nullable Redis redis,
    @Nullable Workers workers,
    @Nullable Shutdown shutdown,
    @Nullable Tracing tracing,
    @Nullable KeptRuns retention,
    @Nullable Map<String, String> settings) {

  /** What the names of all of them begin with. */
  public static final String PREFIX = "world";

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * PostgreSQL.
   *
   * @param url where it is, if not where the application has it
   * @param replicaUrl a replica, for lists only
   * @param schema of World's tables
   * @param poolSize most connections
   * @param migrate whether to migrate the schema at start
   */
  public record Postgres(
      @Nullable String url,
      @Nullable String replicaUrl,
      @Nullable String schema,
      @Nullable Integer poolSize,
      @Nullable Boolean migrate) {}

  /**
   * Redis.
   *
   * @param url where it is, if not where the application has it
   * @param keyPrefix what every key starts with
   */
  public record Redis(@Nullable String url, @Nullable String keyPrefix) {}

  /**
   * The workers.
   *
   * @param enabled whether this process executes anything; if not, it only starts runs
   * @param lease how long a silent worker keeps its runs
   * @param queueConcurrency queued steps handled at once
   * @param maxActiveRuns runs executing at once
   * @param maxParkedThreads threads of waiting runs kept warm
   * @param maxStepBodies step bodies at once
   */
  public record Workers(
      @Nullable Boolean enabled,
      @Nullable Duration lease,
      @Nullable Integer queueConcurrency,
      @Nullable Integer maxActiveRuns,
      @Nullable Integer maxParkedThreads,
      @Nullable Integer maxStepBodies) {}

  /**
   * The end of the context.
   *
   * @param patience how long step bodies have to come to an end
   */
  public record Shutdown(@Nullable Duration patience) {}

  /**
   * Traces.
   *
   * @param enabled whether what the world does is traced where the application is
   */
  public record Tracing(@Nullable Boolean enabled) {}

  /**
   * How long runs are kept after their end. What is not set is kept for ever; where nothing is set,
   * the rules that the store has stay.
   *
   * @param completed of runs that completed
   * @param failed of runs that failed
   * @param cancelled of runs that were cancelled
   * @param keys how long the key of a run starts no other run
   * @param workflows rules of single workflows by their names
   * @param archive where runs are written before they are deleted
   */
  public record KeptRuns(
      @Nullable Duration completed,
      @Nullable Duration failed,
      @Nullable Duration cancelled,
      @Nullable Duration keys,
      @Nullable Map<String, Rule> workflows,
      @Nullable String archive) {

    /** One for all workflows, and one for each that is named; null: none. */
    private @Nullable RetentionPolicy policy() {
      boolean isForAll = completed != null || failed != null || cancelled != null || keys != null;
      RetentionPolicy policy =
          isForAll
              ? RetentionPolicy.of(new RetentionRule(completed, failed, cancelled, keys))
              : RetentionPolicy.OFF;
      if (workflows != null) {
        for (Map.Entry<String, Rule> each : workflows.entrySet()) {
          Rule rule = each.getValue();
          policy =
              policy.with(
                  each.getKey(),
                  new RetentionRule(rule.completed, rule.failed, rule.cancelled, rule.keys));
        }
      }
      return policy.rules().isEmpty() ? null : policy;
    }
  }

  /**
   * How long runs of one workflow are kept after their end.
   *
   * @param completed of runs that completed
   * @param failed of runs that failed
   * @param cancelled of runs that were cancelled
   * @param keys how long the key of a run starts no other run
   */
  public record Rule(
      @Nullable Duration completed,
      @Nullable Duration failed,
      @Nullable Duration cancelled,
      @Nullable Duration keys) {}

  /** Nothing set. */
  public static WorldProperties none() {
    return new WorldProperties(
        null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
  }

  @Override
  public Postgres postgres() {
    return postgres == null ? new Postgres(null, null, null, null, null) : postgres;
  }

  @Override
  public Redis redis() {
    return redis == null ? new Redis(null, null) : redis;
  }

  @Override
  public Workers workers() {
    return workers == null ? new Workers(null, null, null, null, null, null) : workers;
  }

  @Override
  public Startup startup() {
    return startup == null ? Startup.FAIL : startup;
  }

  /** How the workers are run. */
  public WorldWorkers.Settings workerSettings() {
    Duration patience = shutdown == null ? null : shutdown.patience();
    return new WorldWorkers.Settings(
        !Boolean.FALSE.equals(workers().enabled()),
        startup(),
        patience == null ? PATIENCE : patience);
  }

  /**
   * The configuration, with what is set here in the place of what it said.
   *
   * @throws WorldSetupException naming the property whose value cannot be
   */
  public WorldConfig over(WorldConfig config) {
    WorldConfig c = config;
    c = set(c, "application", application, WorldConfig::withApplication);
    c = set(c, "build-id", buildId, WorldConfig::withBuildId);
    c = set(c, "storage", storage, WorldConfig::withStorage);
    c = set(c, "queue", queue, WorldConfig::withQueue);
    c = set(c, "streamer", streamer, WorldConfig::withStreamer);
    c = set(c, "history-warning", historyWarning, WorldConfig::withHistoryWarning);
    c = set(c, "settings", settings, WorldConfig::withSettings);
    c = set(c, "retention", retention, WorldProperties::kept);
    Postgres p = postgres();
    c = set(c, "postgres.url", p.url(), WorldProperties::postgres);
    c = set(c, "postgres.replica-url", p.replicaUrl(), WorldConfig::withReplicaConnectionString);
    c = set(c, "postgres.schema", p.schema(), WorldConfig::withSchema);
    c = set(c, "postgres.pool-size", p.poolSize(), WorldConfig::withPoolSize);
    c = set(c, "postgres.migrate", p.migrate(), WorldConfig::withMigrateOnStart);
    Redis r = redis();
    c = set(c, "redis.url", r.url(), WorldProperties::redis);
    c = set(c, "redis.key-prefix", r.keyPrefix(), WorldConfig::withJobPrefix);
    Workers w = workers();
    c = set(c, "workers.lease", w.lease(), WorldConfig::withLease);
    c =
        set(
            c,
            "workers.queue-concurrency",
            w.queueConcurrency(),
            WorldConfig::withQueueConcurrency);
    c = set(c, "workers.max-active-runs", w.maxActiveRuns(), WorldConfig::withMaxActiveRuns);
    c =
        set(
            c,
            "workers.max-parked-threads",
            w.maxParkedThreads(),
            WorldConfig::withMaxParkedThreads);
    return set(c, "workers.max-step-bodies", w.maxStepBodies(), WorldConfig::withMaxStepBodies);
  }

  private static WorldConfig postgres(WorldConfig config, String url) {
    return EmbeddedServers.withPostgres(config, PREFIX + ".postgres.url", url);
  }

  private static WorldConfig redis(WorldConfig config, String url) {
    return config.withRedis(RedisOptions.ofUrl(EmbeddedServers.redis(PREFIX + ".redis.url", url)));
  }

  private static WorldConfig kept(WorldConfig config, KeptRuns runs) {
    RetentionPolicy policy = runs.policy();
    WorldConfig c = policy == null ? config : config.withRetention(policy);
    return runs.archive() == null ? c : c.withRetentionArchive(runs.archive());
  }

  private static <T> WorldConfig set(
      WorldConfig config,
      String name,
      @Nullable T value,
      BiFunction<WorldConfig, T, WorldConfig> wither) {
    return value == null ? config : named(config, PREFIX + "." + name, c -> wither.apply(c, value));
  }

  /**
   * Changes a configuration.
   *
   * @param setting what the new value comes from
   * @throws WorldSetupException naming the setting when the value cannot be
   */
  public static WorldConfig named(
      WorldConfig config, String setting, UnaryOperator<WorldConfig> change) {
    try {
      return change.apply(config);
    } catch (WorldException e) {
      throw new WorldSetupException(
          "The value of " + setting + " cannot be: " + e.getMessage() + ".",
          "Give " + setting + " another value.",
          e);
    }
  }
}
