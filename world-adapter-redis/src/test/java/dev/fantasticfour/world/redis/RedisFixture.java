package dev.fantasticfour.world.redis;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.config.RedisOptions;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.core.port.Queue.Message;
import dev.fantasticfour.world.embedded.Services;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.redisson.api.RScript.Mode;
import org.redisson.api.RScript.ReturnType;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** Queues and streamers on the shared server: fresh keys for every test, closed after it. */
final class RedisFixture implements BeforeEachCallback, AfterEachCallback {

  /** Short enough that a test can wait for several. */
  static final QueueSettings FAST =
      new QueueSettings(
          Duration.ofMillis(600),
          Duration.ofMillis(20),
          Duration.ofMillis(100),
          Duration.ofSeconds(1));

  private static final RedissonClient SHARED = RedisClients.connect(options());

  private final List<AutoCloseable> open = new ArrayList<>();
  private String prefix = "";

  static RedisOptions options() {
    return RedisOptions.ofUrl(Services.redis().url());
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    prefix = "test-" + UUID.randomUUID() + "_";
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
    open.clear();
  }

  String prefix() {
    return prefix;
  }

  RedisKeys keys() {
    return new RedisKeys(prefix);
  }

  /** What this test has left on the server. */
  List<String> storedKeys() {
    return SHARED
        .getScript(StringCodec.INSTANCE)
        .eval(
            Mode.READ_WRITE,
            "return redis.call('KEYS', ARGV[1])",
            ReturnType.LIST,
            List.of(),
            prefix + "*");
  }

  /** How many connections wait in a blocking command. */
  long blockedClients() {
    String info =
        SHARED
            .getScript(StringCodec.INSTANCE)
            .eval(
                Mode.READ_WRITE,
                "return redis.call('INFO', 'clients')",
                ReturnType.STRING,
                List.of());
    return info.lines()
        .filter(line -> line.startsWith("blocked_clients:"))
        .mapToLong(line -> Long.parseLong(line.substring("blocked_clients:".length()).strip()))
        .sum();
  }

  RedissonClient client() {
    return SHARED;
  }

  WorldConfig config() {
    return WorldConfig.defaults().withRedis(options()).withJobPrefix(prefix);
  }

  /** One more process, as far as the server can tell. */
  RedisQueue queue() {
    return queue(FAST);
  }

  RedisQueue queue(QueueSettings settings) {
    return closing(new RedisQueue(RedisConnection.of(SHARED), keys(), settings));
  }

  RedisStreamer streamer() {
    return streamer(StreamSettings.defaults());
  }

  RedisStreamer streamer(StreamSettings settings) {
    return closing(new RedisStreamer(RedisConnection.of(SHARED), keys(), settings));
  }

  <T extends AutoCloseable> T closing(T resource) {
    open.add(resource);
    return resource;
  }

  static Message message(String queue, String text) {
    return message(queue, text, Duration.ZERO, null);
  }

  static Message message(String queue, String text, Duration delay, @Nullable String key) {
    return new Message(newId(), queue, Payload.json(text), Map.of("h", "v"), delay, key, 0);
  }

  static String newId() {
    return "msg_" + UUID.randomUUID();
  }
}
