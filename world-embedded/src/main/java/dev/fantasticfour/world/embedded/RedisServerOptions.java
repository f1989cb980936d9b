package dev.fantasticfour.world.embedded;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How to run an embedded Redis.
 *
 * @param port on 127.0.0.1, or 0 for any free one
 * @param password that clients must give; empty for none
 * @param appendOnly whether what is written is kept in an append-only file and is there again after
 *     {@link EmbeddedRedis#kill} and {@link EmbeddedRedis#startAgain}; by default nothing is kept
 * @param sentinel whether it watches other servers instead of keeping data
 * @param settings further server settings by name, as in {@code redis.conf}; names may have several
 *     words
 */
public record RedisServerOptions(
    int port,
    Optional<String> password,
    boolean appendOnly,
    boolean sentinel,
    Map<String, String> settings) {

  /**
   * @throws IllegalArgumentException if a value cannot work, or a setting would take what other
   *     options decide
   */
  public RedisServerOptions {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be from 0 to 65535, not " + port);
    }
    if (password.isPresent() && password.get().isEmpty()) {
      throw new IllegalArgumentException("an empty password is none");
    }
    settings = Map.copyOf(settings);
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      switch (setting.getKey()) {
        case "port", "bind", "requirepass", "appendonly", "dir", "daemonize", "logfile" ->
            throw new IllegalArgumentException(
                setting.getKey() + " is not a setting but an option of its own, or decided here");
        default -> {
          if (!setting.getKey().matches("[a-z][a-z0-9-]*( [a-z0-9-]+)*")) {
            throw new IllegalArgumentException("not a name of a setting: " + setting.getKey());
          }
          if (setting.getValue().chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                "a setting is one line of text: " + setting.getKey());
          }
        }
      }
    }
  }

  /** Any free port, no password, nothing kept. */
  public static RedisServerOptions defaults() {
    return new RedisServerOptions(0, Optional.empty(), false, false, Map.of());
  }

  /** The same with a fixed port. */
  public RedisServerOptions withPort(int newPort) {
    return new RedisServerOptions(newPort, password, appendOnly, sentinel, settings);
  }

  /** The same with a password. */
  public RedisServerOptions withPassword(String newPassword) {
    return new RedisServerOptions(port, Optional.of(newPassword), appendOnly, sentinel, settings);
  }

  /** The same with an append-only file. */
  public RedisServerOptions withAppendOnlyFile() {
    return new RedisServerOptions(port, password, true, sentinel, settings);
  }

  /** A Sentinel that watches one master, alone; it keeps no data. */
  public RedisServerOptions asSentinelOf(String master, int masterPort) {
    return new RedisServerOptions(port, password, appendOnly, true, settings)
        .withSetting("sentinel monitor " + master, "127.0.0.1 " + masterPort + " 1");
  }

  /** The same with one more server setting, its value as it stands in {@code redis.conf}. */
  public RedisServerOptions withSetting(String name, String value) {
    Map<String, String> more = new TreeMap<>(settings);
    more.put(name, value);
    return new RedisServerOptions(port, password, appendOnly, sentinel, more);
  }

  /** Shows everything but the password. */
  @Override
  public String toString() {
    return "RedisServerOptions[port="
        + port
        + ", password="
        + (password.isPresent() ? "***" : "none")
        + ", appendOnly="
        + appendOnly
        + (sentinel ? ", sentinel" : "")
        + ", settings="
        + settings
        + "]";
  }
}
