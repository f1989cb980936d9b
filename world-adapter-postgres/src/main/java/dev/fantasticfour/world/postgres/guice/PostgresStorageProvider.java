package dev.fantasticfour.world.postgres.guice;

import com.google.inject.Guice;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.StorageProvider;

/** Lets applications choose PostgreSQL by name, with the same assembly as by Guice. */
public final class PostgresStorageProvider implements StorageProvider {

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public Storage open(WorldConfig config) {
    try {
      return Guice.createInjector(Stage.DEVELOPMENT, new PostgresStorageModule(config))
          .getInstance(Storage.class);
    } catch (ProvisionException e) {
      if (e.getCause() instanceof WorldException world) {
        throw world;
      }
      throw e;
    }
  }
}
