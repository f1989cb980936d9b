package dev.fantasticfour.world.cli.kit;

import dev.fantasticfour.world.api.config.RedisOptions;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.embedded.Services;
import dev.fantasticfour.world.postgres.PostgresStorageOpener;
import dev.fantasticfour.world.tck.Adapters;
import dev.fantasticfour.world.tck.Harness;
import dev.fantasticfour.world.tck.WorldTck;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** The engine over PostgreSQL and Redis keeps every promise. */
final class HybridWorldTckTest extends WorldTck {

  @Override
  public Harness<Adapters> harness() {
    WorldConfig config =
        WorldConfig.defaults()
            .withConnectionString(Services.postgres().freshDatabase())
            .withMigrateOnStart(true)
            .withPoolSize(4)
            .withRedis(RedisOptions.ofUrl(Services.redis().url()))
            .withJobPrefix("tck-" + UUID.randomUUID() + "_");
    AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);
    return Harness.of(
            () ->
                Adapters.over(
                    new PostgresStorageOpener(config).clockOffset(offset::get).open(), config))
        .withTime(by -> offset.updateAndGet(now -> now.plus(by)));
  }
}
