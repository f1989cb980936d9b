package dev.fantasticfour.world.api.config;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that is being changed. It lives for one {@code with…} call and is seen by nobody
 * else, so that adding an option is one line here and not one in every wither.
 */
final class ConfigBuilder {

  @Nullable String connectionString;
  @Nullable String replicaConnectionString;
  String schema;
  int poolSize;
  boolean migrateOnStart;
  RedisOptions redis;
  @Nullable String jobPrefix;
  String application;
  @Nullable String buildId;
  int queueConcurrency;
  int maxActiveRuns;
  int maxParkedThreads;
  int maxStepBodies;
  Duration lease;
  int historyWarning;
  String storage;
  String queue;
  String streamer;
  @Nullable RetentionPolicy retention;
  @Nullable String retentionArchive;
  Map<String, String> settings;

  ConfigBuilder(WorldConfig from) {
    this.connectionString = from.connectionString();
    this.replicaConnectionString = from.replicaConnectionString();
    this.schema = from.schema();
    this.poolSize = from.poolSize();
    this.migrateOnStart = from.migrateOnStart();
    this.redis = from.redis();
    this.jobPrefix = from.givenJobPrefix();
    this.application = from.application();
    this.buildId = from.buildId();
    this.queueConcurrency = from.queueConcurrency();
    this.maxActiveRuns = from.maxActiveRuns();
    this.maxParkedThreads = from.maxParkedThreads();
    this.maxStepBodies = from.maxStepBodies();
    this.lease = from.lease();
    this.historyWarning = from.historyWarning();
    this.storage = from.storage();
    this.queue = from.queue();
    this.streamer = from.streamer();
    this.retention = from.retention();
    this.retentionArchive = from.retentionArchive();
    this.settings = from.settings();
  }

  WorldConfig build() {
    return new WorldConfig(
        connectionString,
        replicaConnectionString,
        schema,
        poolSize,
        migrateOnStart,
        redis,
        jobPrefix,
        application,
        buildId,
        queueConcurrency,
        maxActiveRuns,
        maxParkedThreads,
        maxStepBodies,
        lease,
        historyWarning,
        storage,
        queue,
        streamer,
        retention,
        retentionArchive,
        settings);
  }
}
