package dev.fantasticfour.world.api.config;

import dev.fantasticfour.world.api.config.AddressText.Unreadable;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is and how to talk to it.
 *
 * <p>As a URL: {@code redis://[user:password@]host[:port][/database]} (or {@code ?db=n}), {@code
 * rediss://…} for TLS, {@code
 * redis-sentinel://[user:password@]host:port[,host:port…]/master-name[?db=n]} and {@code
 * redis-cluster://[user:password@]host:port[,host:port…]} (with an {@code s} after {@code redis}
 * for TLS: {@code rediss-cluster://…}).
 *
 * @param nodes at least one {@code host:port}; a port that is missing is 6379
 * @param sentinelMaster the master's name, for {@link Mode#SENTINEL} only
 * @param database 0 in a cluster
 */
public record RedisOptions(
    Mode mode,
    List<String> nodes,
    @Nullable String user,
    @Nullable String password,
    boolean tls,
    int database,
    @Nullable String sentinelMaster) {

  /** How the servers are arranged. */
  public enum Mode {
    SINGLE,
    SENTINEL,
    CLUSTER
  }

  private static final int DEFAULT_PORT = 6379;

  public RedisOptions {
    nodes = nodes.stream().map(RedisOptions::checked).toList();
    if (nodes.isEmpty() || (mode == Mode.SINGLE && nodes.size() != 1)) {
      throw new WorldException(
          ErrorCode.INVALID_CONFIGURATION,
          "redis must name " + (mode == Mode.SINGLE ? "exactly one" : "at least one") + " host");
    }
    if (mode == Mode.CLUSTER && database != 0) {
      throw new WorldException(
          ErrorCode.INVALID_CONFIGURATION,
          "redis must name no database in a cluster, which has only 0; it names " + database);
    }
    if (mode == Mode.SENTINEL && (sentinelMaster == null || sentinelMaster.isBlank())) {
      throw new WorldException(
          ErrorCode.INVALID_CONFIGURATION, "redis behind Sentinel needs the name of the master");
    }
  }

  private static String checked(String node) {
    try {
      return AddressText.node(node, DEFAULT_PORT);
    } catch (Unreadable e) {
      throw new WorldException(
          ErrorCode.INVALID_CONFIGURATION,
          "redis must " + e.getMessage() + ", one is '" + Secrets.mask(node) + "'");
    }
  }

  /** A single server without password. */
  public static RedisOptions of(String host, int port) {
    return new RedisOptions(Mode.SINGLE, List.of(host + ":" + port), null, null, false, 0, null);
  }

  /** Reads a URL. */
  public static RedisOptions ofUrl(String url) {
    return ofUrl("redis", url);
  }

  /**
   * Reads a URL.
   *
   * @param option what to call it in an error
   * @throws WorldException {@code INVALID_CONFIGURATION}, without the password in its message
   */
  static RedisOptions ofUrl(String option, String url) {
    return AddressText.read(option, url, RedisOptions::read);
  }

  private static RedisOptions read(String url) throws Unreadable {
    int colon = url.indexOf("://");
    String scheme = colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
    Mode mode =
        switch (scheme) {
          case "redis", "rediss" -> Mode.SINGLE;
          case "redis-sentinel", "rediss-sentinel" -> Mode.SENTINEL;
          case "redis-cluster", "rediss-cluster" -> Mode.CLUSTER;
          default ->
              throw new Unreadable(
                  "start with redis://, rediss://, redis-sentinel:// or redis-cluster://");
        };
    AddressText text =
        AddressText.of(url.substring(colon + 3), "look like redis://user:password@host:6379");
    if (!Set.of("db").containsAll(text.query().keySet())) {
      throw new Unreadable("have no parameter but db");
    }
    String path = AddressText.decoded(text.path());
    String db = text.query().getOrDefault("db", "");
    if (mode != Mode.SENTINEL && !path.isEmpty() && !db.isEmpty() && !path.equals(db)) {
      throw new Unreadable("name one database, behind the host or as db");
    }
    if (text.hosts().isEmpty()) {
      throw new Unreadable("name hosts as host:port");
    }
    if (mode == Mode.SENTINEL && path.isBlank()) {
      throw new Unreadable("end with the name of the master");
    }
    // What stands alone is a password.
    String user = text.password() == null ? null : text.user();
    return new RedisOptions(
        mode,
        text.nodes(DEFAULT_PORT),
        user == null || user.isEmpty() ? null : user,
        text.password() == null ? text.user() : text.password(),
        scheme.startsWith("rediss"),
        database(mode == Mode.SENTINEL || path.isEmpty() ? db : path),
        mode == Mode.SENTINEL ? path : null);
  }

  /** The same with a password, and a user or null. */
  public RedisOptions withCredentials(@Nullable String newUser, String newPassword) {
    return new RedisOptions(mode, nodes, newUser, newPassword, tls, database, sentinelMaster);
  }

  /** The same with or without TLS. */
  public RedisOptions withTls(boolean newTls) {
    return new RedisOptions(mode, nodes, user, password, newTls, database, sentinelMaster);
  }

  /** Everything but the password. */
  @Override
  public String toString() {
    return (tls ? "rediss" : "redis")
        + (mode == Mode.SINGLE ? "" : "-" + mode.name().toLowerCase(Locale.ROOT))
        + "://"
        + (user == null ? "" : user)
        + (password == null ? "" : ":***@")
        + String.join(",", nodes)
        + (sentinelMaster == null ? "" : "/" + sentinelMaster)
        + (database == 0 ? "" : (sentinelMaster == null ? "/" : "?db=") + database);
  }

  private static int database(String text) throws Unreadable {
    try {
      return text.isEmpty() ? 0 : Integer.parseUnsignedInt(text);
    } catch (NumberFormatException e) {
      throw new Unreadable("give the database as a number");
    }
  }
}
