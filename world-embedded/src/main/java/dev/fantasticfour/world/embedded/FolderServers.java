package dev.fantasticfour.world.embedded;

import dev.fantasticfour.world.api.config.EmbeddedServers;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The servers that processes of one folder share, each in a directory of its own: PostgreSQL keeps
 * all that was committed, Redis appends to a file.
 */
public final class FolderServers implements EmbeddedServers {

  /** By directory. Never left before this JVM ends: who knows what still talks to them. */
  private static final Map<Path, SharedServer.Joined> JOINED = new HashMap<>();

  /** For {@link java.util.ServiceLoader}. */
  public FolderServers() {}

  @Override
  public String postgresUrl(Path directory) {
    return joined(
        directory.resolve("postgres"),
        (home, watchdogs) ->
            EmbeddedPostgres.start(home, PostgresServerOptions.defaults(), null, watchdogs).url());
  }

  @Override
  public String redisUrl(Path directory) {
    return joined(
        directory.resolve("redis"),
        (home, watchdogs) ->
            EmbeddedRedis.start(home, RedisServerOptions.defaults().withAppendOnlyFile(), watchdogs)
                .url());
  }

  private interface Start {
    String in(Path home, Watchdog.Starter watchdogs);
  }

  /** One folder has one name here, by whichever way it was named. */
  private static Path real(Path directory) {
    try {
      return Files.createDirectories(directory).toRealPath();
    } catch (IOException e) {
      // Whoever uses it says what is wrong with it.
      return directory;
    }
  }

  private static String joined(Path directory, Start start) {
    Path home = real(directory.toAbsolutePath().normalize());
    synchronized (JOINED) {
      try {
        return JOINED
            .computeIfAbsent(
                home, absent -> new SharedServer(home).join(watchdogs -> start.in(home, watchdogs)))
            .url();
      } catch (EmbeddedServerException e) {
        throw new WorldException(ErrorCode.UNAVAILABLE, String.valueOf(e.getMessage()), e);
      }
    }
  }
}
