package dev.fantasticfour.world.test.store;

import dev.fantasticfour.world.api.config.RedisOptions;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.embedded.Services;
import dev.fantasticfour.world.redis.guice.RedisQueueProvider;
import dev.fantasticfour.world.redis.guice.RedisStreamerProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Queue and streams on a server, under names of this test's own. */
public final class RedisStores implements Store {

  /** For so long, in real time, a message may be on its way unseen. */
  private static final Duration MOMENT = Duration.ofMillis(40);

  private final Machine delays;
  private final WorldConfig config;
  private final Traffic traffic = new Traffic();
  private final List<RedisQueueInTest> queues = new ArrayList<>();
  private final List<Streamer> streamers = new ArrayList<>();

  /**
   * Names of their own on the server of this JVM.
   *
   * @param delays has the threads that keep messages back
   */
  public RedisStores(Machine delays) {
    this.delays = delays;
    this.config =
        WorldConfig.defaults()
            .withRedis(RedisOptions.ofUrl(Services.redis().url()))
            .withJobPrefix("test-" + UUID.randomUUID());
  }

  @Override
  public WorldConfig config() {
    return config;
  }

  @Override
  public Storage storage() {
    throw new UnsupportedOperationException("Redis is no storage");
  }

  @Override
  public Queue queue(Machine machine) {
    RedisQueueInTest queue =
        new RedisQueueInTest(new RedisQueueProvider().open(config), delays, traffic, this::send);
    queues.add(queue);
    return queue;
  }

  /** By the process of the test, to which nothing happens. */
  private void send(List<Queue.Message> messages) {
    queues.getFirst().enqueue(messages);
  }

  @Override
  public Streamer streamer(Machine machine) {
    Streamer streamer = new RedisStreamerInTest(new RedisStreamerProvider().open(config), traffic);
    streamers.add(streamer);
    return streamer;
  }

  @Override
  public void lost(Queue queue) {
    queue.close();
  }

  @Override
  public boolean isUnderWay() {
    long before = traffic.stirs();
    try {
      Thread.sleep(MOMENT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return traffic.stirs() != before
        || traffic.isHandling()
        || queues.stream().anyMatch(RedisQueueInTest::hasReady);
  }

  @Override
  public void close() {
    queues.forEach(Queue::close);
    streamers.forEach(Streamer::close);
  }
}
