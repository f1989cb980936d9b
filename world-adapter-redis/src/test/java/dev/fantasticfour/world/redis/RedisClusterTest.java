package dev.fantasticfour.world.redis;

import static dev.fantasticfour.world.redis.RedisFixture.message;
import static dev.fantasticfour.world.redis.RedisStreamerTest.readAll;
import static dev.fantasticfour.world.redis.RedisStreamerTest.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A cluster refuses every script whose keys do not share a slot; one node is enough to see it. */
final class RedisClusterTest {

  @Test
  void everyOperationKeepsToOneSlot() throws Exception {
    try (LocalCluster cluster = LocalCluster.start(1)) {
      WorldConfig config = cluster.config();
      try (RedisQueue queue = RedisQueue.open(config);
          RedisStreamer streamer = RedisStreamer.open(config)) {
        RecordingHandler handler = new RecordingHandler();
        queue.subscribe("q {1}", 2, handler);
        queue.enqueue(List.of(message("q {1}", "1", Duration.ZERO, "key"), message("r", "2")));
        Eventually.assertThat(() -> assertThat(handler.texts()).containsExactly("1"));
        assertThat(queue.stats("r").ready()).isEqualTo(1);
        assertThat(queue.dead("r", PageRequest.oldestFirst()).items()).isEmpty();
        assertThat(queue.revive("r", "msg_1")).isFalse();
        assertThat(queue.version()).startsWith("Redis ");

        StreamId stream = new StreamId(new RunId("wrun_1"), "out");
        StreamId other = new StreamId(new RunId("wrun_1"), "err");
        streamer.write(stream, null, texts("a"));
        streamer.write(other, null, texts("b"));
        streamer.end(stream);
        streamer.endAll(stream.run());
        assertThat(readAll(streamer, stream, 0)).hasSize(1);
        assertThat(readAll(streamer, other, 0)).hasSize(1);
        assertThat(streamer.list(stream.run())).containsExactly("err", "out");
      }
    }
  }
}
