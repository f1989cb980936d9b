package dev.fantasticfour.world.api.config;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads the variables of the environment, and names the one that cannot be read.
 *
 * @param read those that mean something to World
 */
record Variables(Map<String, String> values, Set<String> read) {

  /** What the variables of World and of adapters begin with. */
  private static final String PREFIX = "WORKFLOW_";

  /** How many letters of a name may be wrong before it is taken for another name. */
  private static final int MOST_SLIPS = 2;

  Variables(Map<String, String> values) {
    this(values, new HashSet<>());
  }

  /** Sets one option of a configuration. */
  private interface Wither<T> extends BiFunction<WorldConfig, T, WorldConfig> {}

  /** A configuration, with what the variables say in the place of what it said. */
  WorldConfig over(WorldConfig defaults) {
    WorldConfig c = defaults;
    c = text(c, WorldConfig.POSTGRES_URL, Variables::postgres);
    c = text(c, "WORKFLOW_POSTGRES_REPLICA_URL", WorldConfig::withReplicaConnectionString);
    c = text(c, "WORKFLOW_POSTGRES_SCHEMA", WorldConfig::withSchema);
    c = number(c, "WORKFLOW_POSTGRES_POOL_SIZE", WorldConfig::withPoolSize);
    c = flag(c, "WORKFLOW_POSTGRES_MIGRATE", WorldConfig::withMigrateOnStart);
    c = redis(c, WorldConfig.REDIS_URL_FALLBACK);
    c = redis(c, WorldConfig.REDIS_URL);
    c = text(c, "WORKFLOW_POSTGRES_JOB_PREFIX", WorldConfig::withJobPrefix);
    c = text(c, "WORKFLOW_APPLICATION", WorldConfig::withApplication);
    c = text(c, "WORKFLOW_BUILD_ID", WorldConfig::withBuildId);
    c = number(c, "WORKFLOW_POSTGRES_WORKER_CONCURRENCY", WorldConfig::withQueueConcurrency);
    c = number(c, "WORKFLOW_MAX_ACTIVE_RUNS", WorldConfig::withMaxActiveRuns);
    c = number(c, "WORKFLOW_MAX_PARKED_THREADS", WorldConfig::withMaxParkedThreads);
    c = number(c, "WORKFLOW_MAX_STEP_BODIES", WorldConfig::withMaxStepBodies);
    c = number(c, "WORKFLOW_HISTORY_WARNING", WorldConfig::withHistoryWarning);
    c = duration(c, "WORKFLOW_LEASE", WorldConfig::withLease);
    c = text(c, "WORKFLOW_STORAGE", WorldConfig::withStorage);
    c = text(c, "WORKFLOW_QUEUE", WorldConfig::withQueue);
    c = text(c, "WORKFLOW_STREAMER", WorldConfig::withStreamer);
    c = text(c, "WORKFLOW_RETENTION", (x, text) -> x.withRetention(RetentionPolicy.parse(text)));
    c = text(c, "WORKFLOW_RETENTION_ARCHIVE", WorldConfig::withRetentionArchive);
    refuseMisspelt();
    return c.withSettings(unread());
  }

  /** A variable that is misspelt by a letter or two would otherwise change nothing, unseen. */
  private void refuseMisspelt() {
    for (String name : new TreeSet<>(values.keySet())) {
      if (!read.contains(name)) {
        read.stream()
            // Many a program reads a variable named much like this one.
            .filter(known -> !known.equals(WorldConfig.REDIS_URL_FALLBACK))
            .filter(known -> Spelling.distance(name, known) <= MOST_SLIPS)
            .min(Comparator.comparingInt(known -> Spelling.distance(name, known)))
            .ifPresent(
                known -> {
                  throw new WorldException(
                      ErrorCode.INVALID_CONFIGURATION,
                      name + " means nothing to World: did you mean " + known + "?");
                });
      }
    }
  }

  /** What is left for adapters that World does not know. */
  private Map<String, String> unread() {
    return values.entrySet().stream()
        .filter(v -> v.getKey().startsWith(PREFIX) && !read.contains(v.getKey()))
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static WorldConfig postgres(WorldConfig c, String url) {
    return EmbeddedServers.withPostgres(c, WorldConfig.POSTGRES_URL, url);
  }

  private WorldConfig redis(WorldConfig c, String name) {
    return text(
        c,
        name,
        (x, url) -> x.withRedis(RedisOptions.ofUrl(name, EmbeddedServers.redis(name, url))));
  }

  private WorldConfig text(WorldConfig c, String name, Wither<String> set) {
    read.add(name);
    String value = values.get(name);
    if (value == null || value.isBlank()) {
      return c;
    }
    try {
      return set.apply(c, value.strip());
    } catch (WorldException e) {
      throw String.valueOf(e.getMessage()).contains(name)
          ? e
          : new WorldException(e.code(), name + ": " + e.getMessage(), e);
    }
  }

  private WorldConfig number(WorldConfig c, String name, Wither<Integer> set) {
    return parsed(c, name, "a whole number", Integer::valueOf, set);
  }

  private WorldConfig flag(WorldConfig c, String name, Wither<Boolean> set) {
    return parsed(c, name, "true or false", Variables::flag, set);
  }

  private WorldConfig duration(WorldConfig c, String name, Wither<Duration> set) {
    return parsed(c, name, "seconds, or a duration such as PT10S", Variables::duration, set);
  }

  private <T> WorldConfig parsed(
      WorldConfig c, String name, String wanted, Function<String, T> parse, Wither<T> set) {
    return text(
        c,
        name,
        (x, text) -> {
          T value;
          try {
            value = parse.apply(text);
          } catch (IllegalArgumentException | DateTimeParseException | ArithmeticException e) {
            throw OptionRules.invalid(name, text, wanted);
          }
          return set.apply(x, value);
        });
  }

  private static Boolean flag(String text) {
    return switch (text) {
      case "true", "1", "yes" -> true;
      case "false", "0", "no" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static Duration duration(String text) {
    return text.startsWith("P") ? Duration.parse(text) : Duration.ofSeconds(Long.parseLong(text));
  }
}
