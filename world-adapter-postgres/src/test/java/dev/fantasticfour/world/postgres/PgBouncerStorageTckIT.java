package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.embedded.Services;
import dev.fantasticfour.world.tck.Facility;
import dev.fantasticfour.world.tck.Harness;
import dev.fantasticfour.world.tck.StorageTck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;

/**
 * The storage keeps every promise where a server connection is lent for one transaction only. The
 * schema is migrated past the pooler, since that takes a lock for a session.
 */
@Tag("topology")
final class PgBouncerStorageTckIT extends StorageTck {

  @Override
  public Harness<Storage> harness() {
    WorldConfig direct =
        WorldConfig.defaults().withConnectionString(Services.postgres().freshDatabase());
    PostgresMigrations.migrate(direct);
    PgBouncer bouncer = bouncer(direct);
    WorldConfig pooled = direct.withConnectionString(bouncer.url()).withPoolSize(6);
    AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);
    return Harness.<Storage>of(
            () -> new PostgresStorageOpener(pooled).clockOffset(offset::get).open())
        .withTime(by -> offset.updateAndGet(now -> now.plus(by)))
        .without(Facility.OUTAGE, "the pooler stands where a gate would")
        .withRounds(8)
        .closedBy(bouncer::close);
  }

  private static PgBouncer bouncer(WorldConfig config) {
    try {
      return PgBouncer.before(config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
