package dev.fantasticfour.world.api.config;

import dev.fantasticfour.world.api.config.AddressText.Unreadable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where PostgreSQL is and how to talk to it.
 *
 * <p>As an address: {@code postgresql://[user[:password]@]host[:port][,host[:port]…][/database]
 * [?parameter=value&…]}, the same with {@code postgres://}, or a JDBC URL. User and password may
 * hold any character as it is, but for a percent sign, which is written {@code %25}. Parameters are
 * those of the JDBC driver; the names that {@code psql} has for the common ones are understood,
 * too.
 *
 * @param hosts each as {@code host:port}; empty when none is named, which means this machine
 * @param database decoded; empty when none is named, which means the one that is called as the user
 * @param user null when none is named
 * @param password null when none is named
 * @param parameters decoded, in the order of writing
 */
public record PostgresOptions(
    List<String> hosts,
    String database,
    @Nullable String user,
    @Nullable String password,
    Map<String, String> parameters) {

  private static final String JDBC = "jdbc:postgresql:";
  private static final int DEFAULT_PORT = 5432;

  private static final String WANTED =
      "look like postgresql://user:password@host:5432/database, or be a JDBC URL of PostgreSQL";

  /** What psql calls it, and what the driver does. */
  private static final Map<String, String> NAMES =
      Map.of(
          "application_name", "ApplicationName",
          "channel_binding", "channelBinding",
          "connect_timeout", "connectTimeout",
          "keepalives", "tcpKeepAlive",
          "target_session_attrs", "targetServerType");

  public PostgresOptions {
    hosts = List.copyOf(hosts);
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /**
   * Reads an address.
   *
   * @param option what to call it in an error: the name of the option, or of the variable
   * @throws dev.fantasticfour.world.api.error.WorldException {@code INVALID_CONFIGURATION}, without
   *     the password in its message
   */
  public static PostgresOptions ofUrl(String option, String url) {
    return AddressText.read(option, url, PostgresOptions::read);
  }

  private static PostgresOptions read(String url) throws Unreadable {
    String lower = url.toLowerCase(Locale.ROOT);
    AddressText text;
    if (lower.startsWith(JDBC + "//")) {
      text = AddressText.of(url.substring(JDBC.length() + 2), WANTED);
    } else if (lower.startsWith(JDBC)) {
      // Without a host: a database of this machine.
      String rest = url.substring(JDBC.length());
      text = AddressText.of(rest.startsWith("/") ? rest : "/" + rest, WANTED);
    } else if (lower.startsWith("postgresql://") || lower.startsWith("postgres://")) {
      text = AddressText.of(url.substring(url.indexOf("://") + 3), WANTED);
    } else {
      throw new Unreadable(WANTED);
    }
    return of(text);
  }

  private static PostgresOptions of(AddressText text) throws Unreadable {
    Map<String, String> parameters = new LinkedHashMap<>();
    text.query().forEach((name, value) -> parameters.put(driversName(name), value));
    parameters.computeIfPresent("targetServerType", (name, value) -> driversServerType(value));
    parameters.computeIfPresent("tcpKeepAlive", (name, value) -> driversFlag(value));
    // Before a host, they win over those among the parameters; a JDBC URL has them nowhere else.
    String user = parameters.remove("user");
    String password = parameters.remove("password");
    String database = parameters.remove("dbname");
    return new PostgresOptions(
        hosts(text, parameters.remove("host"), parameters.remove("port")),
        text.path().isEmpty() && database != null ? database : AddressText.decoded(text.path()),
        text.user() == null || text.user().isEmpty() ? user : text.user(),
        text.password() == null ? password : text.password(),
        parameters);
  }

  /** A host may also stand among the parameters, where the driver would not look for it. */
  private static List<String> hosts(AddressText text, @Nullable String host, @Nullable String port)
      throws Unreadable {
    List<String> written = text.hosts().isEmpty() && host != null ? parts(host) : text.hosts();
    if (!text.hosts().isEmpty() && host != null) {
      throw new Unreadable("name its host once, before the database or as a parameter");
    }
    List<String> ports = port == null ? List.of() : parts(port);
    List<String> nodes = new ArrayList<>();
    for (int i = 0; i < written.size(); i++) {
      String name = AddressText.decoded(written.get(i));
      if (name.startsWith("/") || name.startsWith("@")) {
        throw new Unreadable("name a host: the driver does not speak over Unix sockets");
      }
      boolean isBare = name.lastIndexOf(':') <= name.lastIndexOf(']');
      boolean isIpv6 = !name.startsWith("[") && name.indexOf(':') != name.lastIndexOf(':');
      String own = isIpv6 ? "[" + name + "]" : name;
      String itsPort = ports.isEmpty() ? "" : ports.get(Math.min(i, ports.size() - 1));
      nodes.add(
          AddressText.node(
              (isBare || isIpv6) && !itsPort.isEmpty() ? own + ":" + itsPort : own, DEFAULT_PORT));
    }
    if (written.isEmpty() && !ports.isEmpty()) {
      nodes.add(AddressText.node("localhost:" + ports.getFirst(), DEFAULT_PORT));
    }
    return nodes;
  }

  private static List<String> parts(String text) {
    return List.of(text.split(",", -1));
  }

  private static String driversName(String name) {
    return NAMES.getOrDefault(name, name);
  }

  private static String driversServerType(String value) {
    return switch (value) {
      case "read-write" -> "primary";
      case "read-only", "standby" -> "secondary";
      case "prefer-standby" -> "preferSecondary";
      default -> value;
    };
  }

  private static String driversFlag(String value) {
    return switch (value) {
      case "1" -> "true";
      case "0" -> "false";
      default -> value;
    };
  }

  /** The same with other {@link #parameters}. */
  public PostgresOptions withParameters(Map<String, String> newParameters) {
    return new PostgresOptions(hosts, database, user, password, newParameters);
  }

  /**
   * The JDBC URL without user and password.
   *
   * @param defaults parameters for what the address does not say
   */
  public String jdbcUrl(Map<String, String> defaults) {
    Map<String, String> all = new LinkedHashMap<>(parameters);
    defaults.forEach(all::putIfAbsent);
    StringBuilder query = new StringBuilder();
    all.forEach(
        (name, value) ->
            query
                .append(query.isEmpty() ? '?' : '&')
                .append(name)
                .append('=')
                .append(encoded(value)));
    String place =
        hosts.isEmpty()
            ? (database.isEmpty() ? "/" : encoded(database))
            : "//" + String.join(",", hosts) + "/" + encoded(database);
    return JDBC + place + query;
  }

  /** Hosts and ports, for people. */
  public String place() {
    return hosts.isEmpty() ? "localhost:" + DEFAULT_PORT : String.join(",", hosts);
  }

  /** Everything but secrets. */
  @Override
  public String toString() {
    return "postgresql://"
        + (user == null ? "" : encoded(user))
        + (password == null ? "" : ":***")
        + (user == null && password == null ? "" : "@")
        + Secrets.maskSettings(jdbcUrl(Map.of()).substring(JDBC.length()).replaceFirst("^//", ""));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
