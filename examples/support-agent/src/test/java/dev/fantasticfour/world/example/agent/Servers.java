package dev.fantasticfour.world.example.agent;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.embedded.Services;
import java.util.Map;
import java.util.UUID;

/** The variables of a deployment on PostgreSQL and Redis: those given, or started for the tests. */
final class Servers {

  private Servers() {}

  /** With an empty database. */
  static Map<String, String> fresh() {
    return Map.of(
        WorldConfig.POSTGRES_URL,
        Services.postgres().freshDatabase(),
        WorldConfig.REDIS_URL,
        Services.redis().url(),
        "WORKFLOW_POSTGRES_JOB_PREFIX",
        "agents_" + UUID.randomUUID() + "_",
        "WORKFLOW_POSTGRES_MIGRATE",
        "true",
        "WORKFLOW_LEASE",
        "PT2S");
  }
}
