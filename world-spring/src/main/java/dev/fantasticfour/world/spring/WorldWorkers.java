package dev.fantasticfour.world.spring;

import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.Build;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;

/**
 * The workers of a world, as a part of the life of a context. They learn what they can execute when
 * all beans are there; start after the web server; take no run more as soon as the context begins
 * to close; and end when web requests have drained, before the web server goes. Of a process that
 * only starts runs they do nothing.
 */
public final class WorldWorkers
    implements SmartLifecycle, SmartInitializingSingleton, ApplicationListener<ContextClosedEvent> {

  /** Between the web server, at 2048 below the last phase, and its last requests, at 1024. */
  public static final int PHASE = DEFAULT_PHASE - 1536;

  private static final Logger LOG = LoggerFactory.getLogger(WorldWorkers.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final ApplicationContext context;
  private final SpringWorld spring;
  private final Settings settings;
  private final NamedRegistrations registered;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean running;

  /**
   * How they are run.
   *
   * @param enabled whether this process executes anything at all
   * @param patience how long step bodies have to come to an end when the context closes
   */
  public record Settings(boolean enabled, Startup startup, Duration patience) {}

  /** The workers of that world in that context. */
  public WorldWorkers(ApplicationContext context, SpringWorld spring, Settings settings) {
    this.context = context;
    this.spring = spring;
    this.settings = settings;
    this.registered = new NamedRegistrations(spring.registrations());
  }

  /**
   * Asks the registrars.
   *
   * @throws WorldSetupException when two of them register the same name, or nobody registers
   *     anything
   */
  @Override
  public void afterSingletonsInstantiated() {
    if (!settings.enabled()) {
      return;
    }
    Map<WorldRegistrar, String> names = new IdentityHashMap<>();
    ListableBeanFactory beans = context;
    beans.getBeansOfType(WorldRegistrar.class).forEach((name, bean) -> names.put(bean, name));
    beans
        .getBeanProvider(WorldRegistrar.class)
        .orderedStream()
        .forEach(bean -> bean.accept(registered.of(names.getOrDefault(bean, "?"))));
    if (registered.isEmpty()) {
      throw new WorldSetupException(
          names.isEmpty()
              ? "The workers of World have nothing to execute: there is no bean of WorldRegistrar."
              : "The workers of World have nothing to execute: "
                  + String.join(", ", names.values().stream().sorted().toList())
                  + " registered nothing.",
          "Declare a bean of WorldRegistrar that registers your workflows, or set"
              + " world.workers.enabled=false where this process is only to start runs.");
    }
  }

  /** The names of the workflows that this process can execute, in alphabetical order. */
  public List<String> workflows() {
    return registered.workflows();
  }

  /** The names of the steps that this process has bodies for, in alphabetical order. */
  public List<String> steps() {
    return registered.steps();
  }

  /** Whether this process executes anything. */
  public boolean areEnabled() {
    return settings.enabled();
  }

  @Override
  public boolean isAutoStartup() {
    return settings.enabled();
  }

  @Override
  public int getPhase() {
    return PHASE;
  }

  /**
   * They cannot be started twice, and other processes wait for what they do. Overrides a method of
   * Framework 7, that 6.2, which this is compiled against, does not know.
   */
  public boolean isPauseable() {
    return false;
  }

  /**
   * Starts them; with {@link Startup#RETRY} in the background when the storage does not answer.
   *
   * @throws WorldException {@code UNAVAILABLE} when it does not answer, or whatever it refuses
   */
  @Override
  public void start() {
    if (running || !settings.enabled()) {
      return;
    }
    if (stopped.getCount() == 0) {
      LOG.warn(
          "World takes no runs: its workers ended when the context was stopped, and start with"
              + " another context only");
      return;
    }
    try {
      startNow();
    } catch (WorldException e) {
      if (settings.startup() != Startup.RETRY || e.code() != ErrorCode.UNAVAILABLE) {
        throw e;
      }
      LOG.warn("World takes no runs yet, and tries again every second: {}", e.getMessage());
      Thread.ofPlatform().daemon().name("world start").start(() -> startLater(e));
    }
    running = true;
  }

  private void startNow() {
    spring.world().start();
    WorldConfig config = spring.config();
    LOG.info(
        "World takes runs of application '{}' as build {}: storage {}, queue {}, streamer {};"
            + " workflows {}, steps {}",
        config.application(),
        Build.idOf(config),
        config.storage(),
        config.queue(),
        config.streamer(),
        workflows(),
        steps());
  }

  private void startLater(WorldException first) {
    String said = String.valueOf(first.getMessage());
    try {
      while (!stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          startNow();
          return;
        } catch (WorldException e) {
          if (e.code() == ErrorCode.CLOSED) {
            return;
          }
          String message = String.valueOf(e.getMessage());
          if (!message.equals(said)) {
            LOG.warn("World still takes no runs: {}", message);
            said = message;
          }
        } catch (RuntimeException e) {
          LOG.error("World still takes no runs", e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The context begins to close: what web requests still want is done, and nothing new is taken.
   */
  @Override
  public void onApplicationEvent(ContextClosedEvent event) {
    if (event.getApplicationContext() == context) {
      spring.world().drain();
    }
  }

  /** Ends them, and hands their runs over to others; the client stays. */
  @Override
  public void stop() {
    running = false;
    stopped.countDown();
    World world = spring.world();
    world.stop(settings.patience());
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
