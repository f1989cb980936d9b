package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.config.Secrets;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An address of PostgreSQL: {@code postgresql://user:password@host:port/database?…}, {@code
 * postgres://…}, or a JDBC URL.
 *
 * @param jdbc the JDBC URL without user and password
 * @param where hosts and ports, for messages
 */
record PostgresUrl(
    String variable, String jdbc, @Nullable String user, @Nullable String password, String where) {

  private static final String JDBC = "jdbc:postgresql:";

  /** What is set unless the address says otherwise: nothing waits for a dead server for ever. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "connectTimeout", "5",
          "socketTimeout", "60",
          "tcpKeepAlive", "true",
          "ApplicationName", "world");

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
    return parse(WorldConfig.POSTGRES_URL, url.strip());
  }

  /** The address of the replica for lists, if there is one. */
  static @Nullable PostgresUrl replica(WorldConfig config) {
    String url = config.replicaConnectionString();
    return url == null ? null : parse("WORKFLOW_POSTGRES_REPLICA_URL", url.strip());
  }

  static PostgresUrl parse(String variable, String url) {
    String rest;
    if (url.startsWith(JDBC)) {
      rest = url.substring(JDBC.length());
    } else if (url.startsWith("postgresql://") || url.startsWith("postgres://")) {
      rest = url.substring(url.indexOf(':') + 1);
    } else {
      throw invalid(variable, url, "start with postgresql:// or " + JDBC);
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    int question = rest.indexOf('?');
    String address = question < 0 ? rest : rest.substring(0, question);
    if (question >= 0) {
      for (String parameter : rest.substring(question + 1).split("&")) {
        int equals = parameter.indexOf('=');
        if (equals > 0) {
          parameters.put(
              parameter.substring(0, equals),
              decoded(variable, url, parameter.substring(equals + 1)));
        }
      }
    }
    String user = parameters.remove("user");
    String password = parameters.remove("password");
    if (address.startsWith("//")) {
      int slash = address.indexOf('/', 2);
      String authority = slash < 0 ? address.substring(2) : address.substring(2, slash);
      int at = authority.lastIndexOf('@');
      if (at >= 0) {
        String[] credentials = authority.substring(0, at).split(":", 2);
        user = decoded(variable, url, credentials[0]);
        password = credentials.length == 2 ? decoded(variable, url, credentials[1]) : password;
        authority = authority.substring(at + 1);
      }
      String database = slash < 0 ? "" : address.substring(slash + 1);
      if (authority.matches(".*[\\s/].*") || !portsAreNumbers(authority)) {
        throw invalid(variable, url, "name hosts as host:port");
      }
      address = "//" + authority + "/" + database;
    }
    DEFAULTS.forEach(parameters::putIfAbsent);
    return new PostgresUrl(
        variable, JDBC + address + query(parameters), user, password, where(address));
  }

  private static boolean portsAreNumbers(String authority) {
    for (String host : authority.split(",", -1)) {
      int colon = host.lastIndexOf(':');
      if (colon > host.lastIndexOf(']') && !host.substring(colon + 1).matches("[0-9]{1,5}")) {
        return false;
      }
    }
    return true;
  }

  private static String where(String address) {
    String hosts = address.startsWith("//") ? address.substring(2, address.indexOf('/', 2)) : "";
    hosts = hosts.isEmpty() ? "localhost" : hosts;
    return hosts.lastIndexOf(':') > hosts.lastIndexOf(']') ? hosts : hosts + ":5432";
  }

  private static String query(Map<String, String> parameters) {
    StringBuilder query = new StringBuilder();
    parameters.forEach(
        (name, value) ->
            query
                .append(query.isEmpty() ? '?' : '&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return query.toString();
  }

  private static String decoded(String variable, String url, String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw invalid(variable, url, "write a percent sign that is meant as such as %25");
    }
  }

  private static WorldException invalid(String variable, String url, String wanted) {
    return new WorldException(
        ErrorCode.INVALID_CONFIGURATION,
        variable + " must " + wanted + ", is '" + Secrets.mask(url) + "'");
  }

  /** The same for statements that are over in a moment, so that a dead server is noticed soon. */
  PostgresUrl withSocketTimeout(int seconds) {
    return new PostgresUrl(
        variable,
        jdbc.replaceAll("socketTimeout=[0-9]+", "socketTimeout=" + seconds),
        user,
        password,
        where);
  }

  /** Everything but the password. */
  @Override
  public String toString() {
    return variable + " (" + where + ")";
  }
}
