package dev.fantasticfour.world.postgres.guice;

import com.google.inject.PrivateModule;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.postgres.PostgresStorageOpener;
import jakarta.inject.Singleton;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Binds {@link Storage} to PostgreSQL and hides what is behind it. */
public final class PostgresStorageModule extends PrivateModule {

  private final WorldConfig config;
  private final @Nullable DataSource source;

  /** With a pool of its own. */
  public PostgresStorageModule(WorldConfig config) {
    this.config = Objects.requireNonNull(config);
    this.source = null;
  }

  /** Over a pool of the application, which stays open. */
  public PostgresStorageModule(WorldConfig config, DataSource source) {
    this.config = Objects.requireNonNull(config);
    this.source = Objects.requireNonNull(source);
  }

  @Override
  protected void configure() {
    bind(Storage.class).toProvider(this::storage).in(Singleton.class);
    expose(Storage.class);
  }

  private Storage storage() {
    PostgresStorageOpener opener = new PostgresStorageOpener(config);
    return (source == null ? opener : opener.over(source)).open();
  }
}
