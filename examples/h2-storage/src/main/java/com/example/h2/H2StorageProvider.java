package com.example.h2;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.StorageProvider;

/** Lets applications choose this storage with {@code WORKFLOW_STORAGE=h2}. */
public final class H2StorageProvider implements StorageProvider {

  /** The variable that says where the database is, as a JDBC URL. */
  public static final String URL = "WORKFLOW_H2_URL";

  @Override
  public String name() {
    return "h2";
  }

  @Override
  public Storage open(WorldConfig config) {
    return H2Storage.open(config.requireSetting(URL));
  }
}
