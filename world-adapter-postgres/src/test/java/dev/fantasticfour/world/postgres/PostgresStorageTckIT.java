package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.embedded.Services;
import dev.fantasticfour.world.tck.Facility;
import dev.fantasticfour.world.tck.Harness;
import dev.fantasticfour.world.tck.Outage;
import dev.fantasticfour.world.tck.StorageTck;
import dev.fantasticfour.world.tck.TcpGate;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** The storage on PostgreSQL keeps every promise. */
final class PostgresStorageTckIT extends StorageTck {

  @Override
  public Harness<Storage> harness() {
    URI server = URI.create(Services.postgres().freshDatabase());
    TcpGate gate = new TcpGate(server.getHost(), server.getPort() < 0 ? 5432 : server.getPort());
    WorldConfig config = config(server.toString());
    WorldConfig gated = config(through(gate, server));
    PostgresMigrations.migrate(config);
    AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);
    return Harness.<Storage>of(
            () -> new PostgresStorageOpener(config).clockOffset(offset::get).open())
        .withTime(by -> offset.updateAndGet(now -> now.plus(by)))
        .withOutage(
            Outage.at(gate, () -> new PostgresStorageOpener(gated).clockOffset(offset::get).open()))
        // In each build so often; all rounds with -Dworld.tck.rounds.
        .withRounds(80)
        .without(Facility.CRASH, "an instance holds nothing that its death would lose")
        .closedBy(gate::close);
  }

  private static WorldConfig config(String url) {
    return WorldConfig.defaults().withConnectionString(url).withPoolSize(6);
  }

  private static String through(TcpGate gate, URI server) {
    return server
        .toString()
        .replaceFirst("(://(?:[^/@]*@)?)[^/@]+", "$1" + gate.host() + ":" + gate.port());
  }
}
