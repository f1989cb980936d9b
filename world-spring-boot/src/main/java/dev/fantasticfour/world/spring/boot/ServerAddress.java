package dev.fantasticfour.world.spring.boot;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.spring.WorldProperties;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where a PostgreSQL is.
 *
 * @param setting what says so, for messages
 * @param jdbcUrl may hold user and password itself
 */
public record ServerAddress(
    String setting, String jdbcUrl, @Nullable String user, @Nullable String password) {

  /** As one text that the configuration takes. */
  WorldConfig in(WorldConfig config) {
    String url = with(with(jdbcUrl, "user", user), "password", password);
    return WorldProperties.named(config, setting, c -> c.withConnectionString(url));
  }

  private static String with(String url, String parameter, @Nullable String value) {
    return value == null || value.isEmpty()
        ? url
        : url
            + (url.indexOf('?') < 0 ? '?' : '&')
            + parameter
            + '='
            + URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Without the password. */
  @Override
  public String toString() {
    return setting;
  }
}
