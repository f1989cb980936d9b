package dev.fantasticfour.world.test.store;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import dev.fantasticfour.world.embedded.Services;
import dev.fantasticfour.world.postgres.PostgresMigrations;
import dev.fantasticfour.world.postgres.PostgresStorageOpener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A database of its own on a server, whose clock is that of the test; the rest is elsewhere. */
public final class PostgresStores implements Store {

  private final WorldConfig config;
  private final Storage storage;
  private final Store rest;

  /**
   * A fresh database that goes by that clock.
   *
   * @param rest has queue and streams
   */
  public PostgresStores(InstantSource clock, Store rest) {
    this.rest = rest;
    this.config =
        rest.config()
            .withStorage("postgres")
            .withConnectionString(Services.postgres().freshDatabase());
    var unused = PostgresMigrations.migrate(config);
    this.storage =
        new PostgresStorageOpener(config)
            .clockOffset(() -> Duration.between(Instant.now(), clock.instant()))
            .open();
  }

  /** One of several views of one storage. */
  private static final class View extends ForwardingStorage {

    View(Storage inner) {
      super(inner);
    }

    @Override
    public void close() {
      // It is the others' as well.
    }
  }

  @Override
  public WorldConfig config() {
    return config;
  }

  @Override
  public Storage storage() {
    return new View(storage);
  }

  @Override
  public Queue queue(Machine machine) {
    return rest.queue(machine);
  }

  @Override
  public Streamer streamer(Machine machine) {
    return rest.streamer(machine);
  }

  @Override
  public void lost(Queue queue) {
    rest.lost(queue);
  }

  @Override
  public boolean isUnderWay() {
    return rest.isUnderWay();
  }

  @Override
  public void close() {
    rest.close();
    storage.close();
  }
}
