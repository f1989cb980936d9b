package dev.fantasticfour.world.spring;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.postgres.PostgresStorageOpener;
import javax.sql.DataSource;

/** The only class that names the adapter of PostgreSQL, which need not be there. */
final class LentStorage {

  private LentStorage() {}

  static Storage open(WorldConfig config, DataSource source) {
    return new PostgresStorageOpener(config).over(source).open();
  }
}
