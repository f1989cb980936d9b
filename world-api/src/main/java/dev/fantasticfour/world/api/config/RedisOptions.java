package dev.fantasticfour.world.api.config;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is and how to talk to it.
 *
 * <p>As a URL: {@code redis://[user:password@]host[:port][/database]}, {@code rediss://…} for TLS,
 * {@code redis-sentinel://[user:password@]host:port[,host:port…]/master-name[?db=n]} and {@code
 * redis-cluster://[user:password@]host:port[,host:port…]} (with an {@code s} after {@code redis}
 * for TLS: {@code rediss-cluster://…}).
 *
 * @param nodes at least one {@code host:port}
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
  private static final int LAST_PORT = 65_535;

  public RedisOptions {
    nodes = List.copyOf(nodes);
    if (nodes.isEmpty() || (mode == Mode.SINGLE && nodes.size() != 1)) {
      throw new WorldException(
          ErrorCode.INVALID_CONFIGURATION,
          "redis must name " + (mode == Mode.SINGLE ? "exactly one" : "at least one") + " host");
    }
    if (mode == Mode.SENTINEL && (sentinelMaster == null || sentinelMaster.isBlank())) {
      throw new WorldException(
          ErrorCode.INVALID_CONFIGURATION, "redis behind Sentinel needs the name of the master");
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
    int colon = url.indexOf("://");
    String scheme = colon < 0 ? "" : url.substring(0, colon);
    Mode mode =
        switch (scheme) {
          case "redis", "rediss" -> Mode.SINGLE;
          case "redis-sentinel", "rediss-sentinel" -> Mode.SENTINEL;
          case "redis-cluster", "rediss-cluster" -> Mode.CLUSTER;
          default ->
              throw invalid(
                  option,
                  url,
                  "start with redis://, rediss://, redis-sentinel:// or redis-cluster://");
        };
    String rest = url.substring(colon + 3);
    int at = rest.lastIndexOf('@');
    String[] credentials = at < 0 ? new String[0] : rest.substring(0, at).split(":", 2);
    String place = rest.substring(at + 1);
    int slash = place.indexOf('/');
    String path = slash < 0 ? "" : place.substring(slash + 1);
    int question = path.indexOf('?');
    String name = question < 0 ? path : path.substring(0, question);
    String query = question < 0 ? "" : path.substring(question + 1);
    if (!query.isEmpty() && !query.startsWith("db=")) {
      throw invalid(option, url, "have no parameter but db");
    }
    String db = query.isEmpty() && mode != Mode.SENTINEL ? name : query.replace("db=", "");
    return new RedisOptions(
        mode,
        nodes(option, url, slash < 0 ? place : place.substring(0, slash)),
        credentials.length == 2 && !credentials[0].isEmpty()
            ? decoded(option, url, credentials[0])
            : null,
        credentials.length == 0 ? null : decoded(option, url, credentials[credentials.length - 1]),
        scheme.startsWith("rediss"),
        database(option, url, db),
        mode == Mode.SENTINEL ? name : null);
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
        + (mode == Mode.SINGLE ? "" : "-" + mode.name().toLowerCase(java.util.Locale.ROOT))
        + "://"
        + (user == null ? "" : user)
        + (password == null ? "" : ":***@")
        + String.join(",", nodes)
        + (sentinelMaster == null ? "" : "/" + sentinelMaster)
        + (database == 0 ? "" : (sentinelMaster == null ? "/" : "?db=") + database);
  }

  private static List<String> nodes(String option, String url, String authority) {
    List<String> nodes = new ArrayList<>();
    for (String node : authority.split(",", -1)) {
      try {
        URI uri = new URI("redis://" + node);
        if (uri.getHost() == null || uri.getPort() > LAST_PORT) {
          throw invalid(option, url, "name hosts as host:port, with ports up to " + LAST_PORT);
        }
        nodes.add(uri.getHost() + ":" + (uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort()));
      } catch (URISyntaxException e) {
        throw invalid(option, url, "name hosts as host:port");
      }
    }
    return nodes;
  }

  private static int database(String option, String url, String text) {
    if (text.isEmpty()) {
      return 0;
    }
    try {
      return Integer.parseUnsignedInt(text);
    } catch (NumberFormatException e) {
      throw invalid(option, url, "give the database as a number");
    }
  }

  private static String decoded(String option, String url, String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw invalid(option, url, "write a percent sign in user or password as %25");
    }
  }

  private static WorldException invalid(String option, String url, String wanted) {
    return new WorldException(
        ErrorCode.INVALID_CONFIGURATION,
        option + " must " + wanted + ", is '" + Secrets.mask(url) + "'");
  }
}
