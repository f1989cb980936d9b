package dev.fantasticfour.world.redis;

import static dev.fantasticfour.world.redis.RedisFixture.message;
import static dev.fantasticfour.world.redis.RedisStreamerTest.readAll;
import static dev.fantasticfour.world.redis.RedisStreamerTest.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The master dies, and Sentinel puts its replica in its place. */
@Tag("topology")
final class SentinelFailoverTest {

  @Test
  void queueAndStreamerGoOnWithTheNewMaster() throws Exception {
    try (LocalSentinel servers = LocalSentinel.start()) {
      WorldConfig config = servers.config();
      try (RedisQueue queue = RedisQueue.open(config);
          RedisStreamer streamer = RedisStreamer.open(config)) {
        RecordingHandler handler = new RecordingHandler();
        queue.subscribe("q", 2, handler);
        queue.enqueue(List.of(message("q", "1")));
        Eventually.assertThat(() -> assertThat(handler.texts()).contains("1"));

        servers.killMaster();

        Eventually.assertThat(() -> enqueue(queue, "2"));
        Eventually.assertThat(() -> assertThat(handler.texts()).contains("2"));
        StreamId stream = new StreamId(new RunId("wrun_1"), "out");
        streamer.write(stream, null, texts("a"));
        streamer.end(stream);
        assertThat(readAll(streamer, stream, 0)).hasSize(1);
      }
    }
  }

  private static void enqueue(RedisQueue queue, String text) {
    try {
      queue.enqueue(List.of(message("q", text)));
    } catch (WorldException e) {
      throw new AssertionError("not yet", e);
    }
  }
}
