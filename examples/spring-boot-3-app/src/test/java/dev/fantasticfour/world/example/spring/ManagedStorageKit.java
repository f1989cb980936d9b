package dev.fantasticfour.world.example.spring;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.guice.Adapters;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.embedded.Services;
import dev.fantasticfour.world.tck.Facility;
import dev.fantasticfour.world.tck.Harness;
import dev.fantasticfour.world.tck.StorageTck;

/** Lists and batches of the kit, with the versions that Spring Boot manages. */
final class ManagedStorageKit extends StorageTck {

  private static final String WHY = "no chapter that is run here asks for it";

  @Override
  public Harness<Storage> harness() {
    WorldConfig config =
        WorldConfig.defaults()
            .withConnectionString(Services.postgres().freshDatabase())
            .withMigrateOnStart(true)
            .withPoolSize(6);
    return Harness.<Storage>of(() -> Adapters.named(config).storage().get())
        .without(Facility.CLOCK, WHY)
        .without(Facility.OUTAGE, WHY)
        .without(Facility.CRASH, WHY);
  }
}
