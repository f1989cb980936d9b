package dev.fantasticfour.world.redis;

import static dev.fantasticfour.world.redis.RedisFixture.message;
import static dev.fantasticfour.world.redis.RedisStreamerTest.readAll;
import static dev.fantasticfour.world.redis.RedisStreamerTest.texts;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.config.RedisOptions;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Streamer.StreamId;
import dev.fantasticfour.world.embedded.EmbeddedRedis;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A cluster refuses every script whose keys do not share a slot; one node is enough to see it. */
final class RedisClusterTest {

  @Test
  void everyOperationKeepsToOneSlot() throws Exception {
    try (EmbeddedRedis server =
        EmbeddedRedis.start(
            dev.fantasticfour.world.embedded.RedisOptions.defaults()
                .withSetting("cluster-enabled", "yes")
                .withSetting("cluster-announce-ip", "127.0.0.1"))) {
      takeAllSlots(server.port());
      WorldConfig config =
          WorldConfig.defaults()
              .withRedis(RedisOptions.ofUrl("redis-cluster://127.0.0.1:" + server.port()));
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

  private static void takeAllSlots(int port) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      String slots =
          IntStream.range(0, 16_384).mapToObj(Integer::toString).collect(Collectors.joining(" "));
      // Inline commands are limited in length, this form is not.
      StringBuilder command = new StringBuilder("*16386\r\n");
      for (String word : ("CLUSTER ADDSLOTS " + slots).split(" ")) {
        command.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
      }
      socket.getOutputStream().write(command.toString().getBytes(UTF_8));
      assertThat(in.readLine()).isEqualTo("+OK");
      Eventually.assertThat(
          () -> {
            socket.getOutputStream().write("CLUSTER INFO\r\n".getBytes(UTF_8));
            in.readLine();
            String state = in.readLine();
            for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
              // The rest of the reply.
            }
            assertThat(state).isEqualTo("cluster_state:ok");
          });
    }
  }
}
