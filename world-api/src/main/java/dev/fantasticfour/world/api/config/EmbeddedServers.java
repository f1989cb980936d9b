package dev.fantasticfour.world.api.config;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.nio.file.Path;
import java.util.ServiceLoader;

/**
 * Servers to develop with, which a process starts where an address is {@value #WORD}. Found by
 * {@link java.util.ServiceLoader}; {@code world-embedded} has one, which belongs on the class path
 * of a developer and on no other.
 *
 * <p>The processes of one folder share them. The first one starts them, and the last one that ends,
 * however it does, takes them with it; what they hold is found again by the next.
 */
public interface EmbeddedServers {

  /** What stands in the place of an address. */
  String WORD = "embedded";

  /**
   * Where this process finds the PostgreSQL of a folder, from now on until it ends. It may take
   * some seconds the first time. For any thread.
   *
   * @param directory where data is kept; made when it is missing
   * @throws dev.fantasticfour.world.api.error.WorldException {@code UNAVAILABLE}, saying why, when
   *     it can't be started
   */
  String postgresUrl(Path directory);

  /** The same for Redis. */
  String redisUrl(Path directory);

  /**
   * A configuration with the address of a PostgreSQL as somebody wrote it. Where that is {@value
   * #WORD}, it is the one of the folder in which this process was started, with its data in {@code
   * .world/embedded}, and it is migrated unless somebody says otherwise.
   *
   * @param option where it was written, for messages
   * @throws WorldException {@code INVALID_CONFIGURATION} when nothing on the class path starts
   *     servers, {@code UNAVAILABLE} when they can't be started
   */
  static WorldConfig withPostgres(WorldConfig config, String option, String url) {
    return url.strip().equals(WORD)
        ? config
            .withConnectionString(found(option).postgresUrl(directory()))
            .withMigrateOnStart(true)
        : config.withConnectionString(url);
  }

  /**
   * The address of a Redis as somebody wrote it, or the one of the folder.
   *
   * @param option as above, and so is what is thrown
   */
  static String redis(String option, String url) {
    return url.strip().equals(WORD) ? found(option).redisUrl(directory()) : url;
  }

  private static Path directory() {
    return Path.of(".world", "embedded").toAbsolutePath();
  }

  private static EmbeddedServers found(String option) {
    return ServiceLoader.load(EmbeddedServers.class)
        .findFirst()
        .orElseThrow(
            () ->
                new WorldException(
                    ErrorCode.INVALID_CONFIGURATION,
                    option
                        + " is "
                        + WORD
                        + ", and no world-embedded is on the class path: add it where you develop,"
                        + " or name a server"));
  }
}
