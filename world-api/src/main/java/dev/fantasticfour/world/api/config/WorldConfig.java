package dev.fantasticfour.world.api.config;

import static dev.fantasticfour.world.api.config.OptionRules.requireAtLeast;
import static dev.fantasticfour.world.api.config.OptionRules.requireKeyPrefix;
import static dev.fantasticfour.world.api.config.OptionRules.requireLease;
import static dev.fantasticfour.world.api.config.OptionRules.requireName;
import static dev.fantasticfour.world.api.config.OptionRules.requireText;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set about a world. Immutable; change it with the {@code with…} methods.
 *
 * <p>Bad values fail at once, with the name of the option and of its variable. {@link #toString()}
 * shows no password.
 *
 * @param connectionString PostgreSQL: {@code postgresql://user:password@host:port/database?…} or a
 *     JDBC URL; null when no adapter needs it
 * @param replicaConnectionString PostgreSQL for lists only, or null: the primary serves them too
 * @param schema PostgreSQL schema of World's tables
 * @param poolSize most connections to PostgreSQL, at least 4
 * @param migrateOnStart whether opening the storage migrates its schema
 * @param redis where Redis is
 * @param jobPrefix what every Redis key starts with; null: {@code workflow_}, the database and,
 *     unless it is {@code public}, the schema, so that the keys of two stores do not meet
 * @param application the task queue of runs started by this world, shared by all workers of one
 *     application
 * @param buildId names the code of this process, to tell a new build from an old one; null: derived
 *     from what its class path holds
 * @param queueConcurrency how many queued steps are handled at once
 * @param maxActiveRuns how many runs execute at once
 * @param maxParkedThreads how many threads of waiting runs stay warm
 * @param maxStepBodies how many step bodies run at once
 * @param lease how long a worker that went silent keeps its runs; 1 s to 1 h, heartbeats go out
 *     four times in it
 * @param historyWarning how many events a run may have before it is warned about
 * @param storage name of the Storage adapter
 * @param queue name of the Queue adapter
 * @param streamer name of the Streamer adapter
 * @param retention how long runs are kept: what a starting worker sets in the store; null: what the
 *     store holds stays as it is, and nothing is deleted where nothing was ever set
 * @param retentionArchive directory where runs are written before they are deleted; null: nowhere
 * @param settings what adapters that World does not know are told, by name of the variable; may
 *     hold secrets
 */
public record WorldConfig(
    @Nullable String connectionString,
    @Nullable String replicaConnectionString,
    String schema,
    int poolSize,
    boolean migrateOnStart,
    RedisOptions redis,
    @Nullable String jobPrefix,
    String application,
    @Nullable String buildId,
    int queueConcurrency,
    int maxActiveRuns,
    int maxParkedThreads,
    int maxStepBodies,
    Duration lease,
    int historyWarning,
    String storage,
    String queue,
    String streamer,
    @Nullable RetentionPolicy retention,
    @Nullable String retentionArchive,
    Map<String, String> settings) {

  /** The variable of {@link #connectionString}. */
  public static final String POSTGRES_URL = "WORKFLOW_POSTGRES_URL";

  /** The variable of {@link #redis}. */
  public static final String REDIS_URL = "WORKFLOW_REDIS_URL";

  /** The variable of {@link #redis} when {@link #REDIS_URL} is not set. */
  public static final String REDIS_URL_FALLBACK = "REDIS_URL";

  private static final WorldConfig DEFAULTS =
      new WorldConfig(
          null,
          null,
          "public",
          10,
          false,
          RedisOptions.ofUrl("redis://localhost:6379"),
          null,
          "default",
          null,
          10,
          1_000,
          20_000,
          256,
          Duration.ofSeconds(10),
          10_000,
          "postgres",
          "redis",
          "redis",
          null,
          null,
          Map.of());

  public WorldConfig {
    requireName("schema", schema);
    requireAtLeast("poolSize", poolSize, 4);
    if (jobPrefix != null) {
      requireKeyPrefix("jobPrefix (WORKFLOW_POSTGRES_JOB_PREFIX)", jobPrefix);
    }
    requireText("application", application);
    if (buildId != null) {
      requireText("buildId", buildId);
    }
    requireAtLeast("queueConcurrency (WORKFLOW_POSTGRES_WORKER_CONCURRENCY)", queueConcurrency, 1);
    requireAtLeast("maxActiveRuns (WORKFLOW_MAX_ACTIVE_RUNS)", maxActiveRuns, 1);
    requireAtLeast("maxParkedThreads (WORKFLOW_MAX_PARKED_THREADS)", maxParkedThreads, 0);
    requireAtLeast("maxStepBodies (WORKFLOW_MAX_STEP_BODIES)", maxStepBodies, 1);
    requireAtLeast("historyWarning (WORKFLOW_HISTORY_WARNING)", historyWarning, 1);
    requireLease("lease (WORKFLOW_LEASE)", lease);
    requireText("storage (WORKFLOW_STORAGE)", storage);
    requireText("queue (WORKFLOW_QUEUE)", queue);
    requireText("streamer (WORKFLOW_STREAMER)", streamer);
    settings = Map.copyOf(settings);
  }

  /** The defaults: PostgreSQL and Redis, without a connection string. */
  public static WorldConfig defaults() {
    return DEFAULTS;
  }

  /** What every Redis key starts with, as given or derived. */
  @Override
  public String jobPrefix() {
    return jobPrefix != null ? jobPrefix : KeyPrefix.of(connectionString, schema);
  }

  /** As given. */
  @Nullable String givenJobPrefix() {
    return jobPrefix;
  }

  /** Everything in the memory of this process: for tests and first steps. */
  public static WorldConfig inMemory() {
    return DEFAULTS.withStorage("memory").withQueue("memory").withStreamer("memory");
  }

  /** The defaults, overridden by the environment variables of this process. */
  public static WorldConfig fromEnvironment() {
    return from(System.getenv());
  }

  /**
   * The defaults, overridden by variables. Those that begin with {@code WORKFLOW_} and mean nothing
   * to World become {@link #settings}.
   *
   * @throws WorldException {@code INVALID_CONFIGURATION} that names the variable and what it must
   *     look like, or one that is misspelt by a letter or two
   */
  public static WorldConfig from(Map<String, String> variables) {
    return new Variables(variables).over(DEFAULTS);
  }

  /** The same with another {@link #connectionString}. */
  public WorldConfig withConnectionString(@Nullable String value) {
    return with(builder -> builder.connectionString = value);
  }

  /** The same with another {@link #replicaConnectionString}. */
  public WorldConfig withReplicaConnectionString(@Nullable String value) {
    return with(builder -> builder.replicaConnectionString = value);
  }

  /** The same with another {@link #schema}. */
  public WorldConfig withSchema(String value) {
    return with(builder -> builder.schema = value);
  }

  /** The same with another {@link #poolSize}. */
  public WorldConfig withPoolSize(int value) {
    return with(builder -> builder.poolSize = value);
  }

  /** The same with another {@link #migrateOnStart}. */
  public WorldConfig withMigrateOnStart(boolean value) {
    return with(builder -> builder.migrateOnStart = value);
  }

  /** The same with another {@link #redis}. */
  public WorldConfig withRedis(RedisOptions value) {
    return with(builder -> builder.redis = value);
  }

  /** The same with another {@link #jobPrefix}. */
  public WorldConfig withJobPrefix(String value) {
    return with(builder -> builder.jobPrefix = value);
  }

  /** The same with another {@link #application}. */
  public WorldConfig withApplication(String value) {
    return with(builder -> builder.application = value);
  }

  /** The same with another {@link #buildId}. */
  public WorldConfig withBuildId(String value) {
    return with(builder -> builder.buildId = value);
  }

  /** The same with another {@link #queueConcurrency}. */
  public WorldConfig withQueueConcurrency(int value) {
    return with(builder -> builder.queueConcurrency = value);
  }

  /** The same with another {@link #maxActiveRuns}. */
  public WorldConfig withMaxActiveRuns(int value) {
    return with(builder -> builder.maxActiveRuns = value);
  }

  /** The same with another {@link #maxParkedThreads}. */
  public WorldConfig withMaxParkedThreads(int value) {
    return with(builder -> builder.maxParkedThreads = value);
  }

  /** The same with another {@link #maxStepBodies}. */
  public WorldConfig withMaxStepBodies(int value) {
    return with(builder -> builder.maxStepBodies = value);
  }

  /** The same with another {@link #lease}. */
  public WorldConfig withLease(Duration value) {
    return with(builder -> builder.lease = value);
  }

  /** The same with another {@link #historyWarning}. */
  public WorldConfig withHistoryWarning(int value) {
    return with(builder -> builder.historyWarning = value);
  }

  /** The same with another {@link #storage}. */
  public WorldConfig withStorage(String value) {
    return with(builder -> builder.storage = value);
  }

  /** The same with another {@link #queue}. */
  public WorldConfig withQueue(String value) {
    return with(builder -> builder.queue = value);
  }

  /** The same with another {@link #streamer}. */
  public WorldConfig withStreamer(String value) {
    return with(builder -> builder.streamer = value);
  }

  /** The same with another {@link #retention}. */
  public WorldConfig withRetention(@Nullable RetentionPolicy value) {
    return with(builder -> builder.retention = value);
  }

  /** The same with another {@link #retentionArchive}. */
  public WorldConfig withRetentionArchive(@Nullable String value) {
    return with(builder -> builder.retentionArchive = value);
  }

  /** The same with other {@link #settings}. */
  public WorldConfig withSettings(Map<String, String> value) {
    return with(builder -> builder.settings = value);
  }

  /**
   * A setting of an adapter that World does not know.
   *
   * @throws WorldException {@code INVALID_CONFIGURATION} naming the variable when it is not set
   */
  public String requireSetting(String variable) {
    String value = settings.get(variable);
    if (value == null || value.isBlank()) {
      throw new WorldException(ErrorCode.INVALID_CONFIGURATION, variable + " is not set");
    }
    return value.strip();
  }

  private WorldConfig with(Consumer<ConfigBuilder> change) {
    ConfigBuilder builder = new ConfigBuilder(this);
    change.accept(builder);
    return builder.build();
  }

  /** Everything but secrets. */
  @Override
  public String toString() {
    return ConfigText.of(this);
  }
}
