package dev.fantasticfour.world.cdi;

import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.config.Build;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The world of an application. Opened when somebody needs it, at the start of the container at the
 * latest; its workers start after other parts of the application, and end before them. Everything
 * that is injected is the thing itself: no proxy stands before the client.
 */
@ApplicationScoped
public class WorldBeans {

  private static final Logger LOG = LoggerFactory.getLogger(WorldBeans.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** As of jakarta.interceptor.Interceptor: of two that start, the library is the later. */
  private static final int AFTER_THE_APPLICATION = 4000;

  private static final int BEFORE_THE_APPLICATION = 0;

  /** Made by the container. */
  public WorldBeans() {}

  /** The world, open: over a bean of {@link WorldConfig}, else over what is configured. */
  @Produces
  @Singleton
  CdiWorld open(Instance<WorldConfig> configs, Instance<PayloadCodec> codecs) {
    WorldConfig given = only(configs, "WorldConfig");
    return CdiWorld.open(given == null ? Settings.config() : given, only(codecs, "PayloadCodec"));
  }

  void close(@Disposes CdiWorld world) {
    world.close();
  }

  /** Closed with {@link CdiWorld}. */
  @Produces
  @Singleton
  World world(CdiWorld world) {
    return world.world();
  }

  @Produces
  @Singleton
  WorldClient client(CdiWorld world) {
    return world.world().client();
  }

  void start(
      @Observes @Priority(AFTER_THE_APPLICATION) Startup event,
      CdiWorld world,
      Instance<WorldRegistrar> registrars) {
    WorldConfig config = world.config();
    if (registrars.isUnsatisfied() || !Settings.hasWorkers(config)) {
      LOG.info("World starts runs of application '{}' and executes none", config.application());
      return;
    }
    for (Instance.Handle<WorldRegistrar> each : registrars.handles()) {
      register(each, world);
    }
    world.start();
    LOG.info(
        "World takes runs of application '{}' as build {}: storage {}, queue {}, streamer {}",
        config.application(),
        Build.idOf(config),
        config.storage(),
        config.queue(),
        config.streamer());
  }

  private static void register(Instance.Handle<WorldRegistrar> each, CdiWorld world) {
    try {
      each.get().accept(world.registrations());
    } catch (WorldException e) {
      throw new WorldException(
          e.code(),
          "the registrar of "
              + each.getBean().getBeanClass().getName()
              + " could not register: "
              + e.getMessage(),
          e);
    }
  }

  void stop(@Observes @Priority(BEFORE_THE_APPLICATION) Shutdown event, CdiWorld world) {
    world.world().stop(PATIENCE);
  }

  private static <T> @Nullable T only(Instance<T> beans, String what) {
    if (beans.isAmbiguous()) {
      throw new WorldException(
          ErrorCode.INVALID_CONFIGURATION,
          "there are several beans of "
              + what
              + ", so World does not know which is meant; leave one of them");
    }
    return beans.isUnsatisfied() ? null : beans.get();
  }
}
