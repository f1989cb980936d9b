package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.embedded.Services;
import dev.fantasticfour.world.tck.Harness;
import dev.fantasticfour.world.tck.StorageTck;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** The storage on PostgreSQL keeps every promise. */
final class PostgresStorageTckIT extends StorageTck {

  @Override
  public Harness<Storage> harness() {
    WorldConfig config =
        WorldConfig.defaults()
            .withConnectionString(Services.postgres().freshDatabase())
            .withPoolSize(6);
    PostgresMigrations.migrate(config);
    AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);
    return Harness.<Storage>of(
            () -> new PostgresStorageOpener(config).clockOffset(offset::get).open())
        .withTime(by -> offset.updateAndGet(now -> now.plus(by)))
        .withRounds(40);
  }
}
