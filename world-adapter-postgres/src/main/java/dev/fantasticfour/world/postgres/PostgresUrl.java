package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.config.PostgresOptions;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An address of PostgreSQL as this adapter uses it.
 *
 * @param variable which setting it comes from, for messages
 * @param defaults what is set unless the address says otherwise
 */
record PostgresUrl(String variable, PostgresOptions options, Map<String, String> defaults) {

  /** Nothing waits for a dead server for ever, and nothing quotes what was sent. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "connectTimeout", "5",
          "socketTimeout", "60",
          "tcpKeepAlive", "true",
          "logServerErrorDetail", "false",
          "ApplicationName", "world");

  PostgresUrl {
    defaults = Map.copyOf(defaults);
  }

  /** The address of the primary. */
  static PostgresUrl primary(WorldConfig config) {
    String url = config.connectionString();
    if (url == null || url.isBlank()) {
      throw new WorldException(
          ErrorCode.INVALID_CONFIGURATION,
          "connectionString ("
              + WorldConfig.POSTGRES_URL
              + ") must be set, for example postgresql://user:password@localhost:5432/database");
    }
    PostgresUrl parsed = parse(WorldConfig.POSTGRES_URL, url);
    // Of several hosts, one is the primary, and which one it is may change.
    return parsed.options().hosts().size() > 1
        ? parsed.withDefault("targetServerType", "primary")
        : parsed;
  }

  /** The address of the replica for lists, if there is one. */
  static @Nullable PostgresUrl replica(WorldConfig config) {
    String url = config.replicaConnectionString();
    return url == null ? null : parse("WORKFLOW_POSTGRES_REPLICA_URL", url);
  }

  static PostgresUrl parse(String variable, String url) {
    return new PostgresUrl(variable, PostgresOptions.ofUrl(variable, url), DEFAULTS);
  }

  /** The JDBC URL without user and password. */
  String jdbc() {
    return options.jdbcUrl(defaults);
  }

  @Nullable String user() {
    return options.user();
  }

  @Nullable String password() {
    return options.password();
  }

  /** The same for statements that are over in a moment, so that a dead server is noticed soon. */
  PostgresUrl forShortStatements() {
    return withSocketTimeout("5");
  }

  /** The same for statements that may take as long as they take. */
  PostgresUrl forLongStatements() {
    return withSocketTimeout("0");
  }

  /** Whatever the address says: it speaks of the statements in between. */
  private PostgresUrl withSocketTimeout(String seconds) {
    Map<String, String> parameters = new LinkedHashMap<>(options.parameters());
    parameters.put("socketTimeout", seconds);
    return new PostgresUrl(variable, options.withParameters(parameters), defaults);
  }

  private PostgresUrl withDefault(String parameter, String value) {
    Map<String, String> changed = new LinkedHashMap<>(defaults);
    changed.put(parameter, value);
    return new PostgresUrl(variable, options, changed);
  }

  /** Variable, hosts and ports. */
  @Override
  public String toString() {
    return variable + " (" + options.place() + ")";
  }
}
