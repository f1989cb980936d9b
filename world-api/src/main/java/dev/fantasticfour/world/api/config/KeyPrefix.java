package dev.fantasticfour.world.api.config;

import org.jspecify.annotations.Nullable;

/**
 * What the Redis keys of a store start with unless somebody says otherwise: its database and its
 * schema are named there, so that the keys of two stores do not meet on one Redis. The host is not:
 * a database has many, directly and through a pooler.
 */
final class KeyPrefix {

  private static final String FIRST = "workflow_";

  private KeyPrefix() {}

  static String of(@Nullable String connectionString, String schema) {
    String database = connectionString == null ? "" : database(connectionString);
    String name = database.replace('.', '-') + (schema.equals("public") ? "" : "." + schema);
    return name.isEmpty() ? FIRST : FIRST + name.replaceAll("[^A-Za-z0-9_.-]", "-") + "_";
  }

  private static String database(String connectionString) {
    String address = withoutOptions(connectionString);
    int authority = address.indexOf("://");
    int path = address.lastIndexOf('/');
    if (authority < 0) {
      // jdbc:postgresql:database; whatever else it may be, it may be a secret.
      return address.startsWith("jdbc:postgresql:")
          ? address.substring(Math.max(path, address.lastIndexOf(':')) + 1)
          : "";
    }
    boolean isPath = path >= authority + 3 && path > address.lastIndexOf('@');
    return isPath ? address.substring(path + 1) : "";
  }

  /** A password may hold a question mark, and an option an at sign. */
  private static String withoutOptions(String connectionString) {
    int user = connectionString.startsWith("jdbc:") ? 0 : connectionString.lastIndexOf('@') + 1;
    int options = connectionString.indexOf('?', user);
    return options < 0 ? connectionString : connectionString.substring(0, options);
  }
}
