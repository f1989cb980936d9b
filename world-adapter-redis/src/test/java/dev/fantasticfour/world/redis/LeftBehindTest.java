package dev.fantasticfour.world.redis;

import static dev.fantasticfour.world.redis.RedisFixture.message;
import static dev.fantasticfour.world.redis.RedisStreamerTest.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.LiveStreams;
import dev.fantasticfour.world.core.port.LiveStreams.Life;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.LiveStreams.WriteId;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Streamer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.client.codec.StringCodec;

/** What has come to its end leaves nothing on the server for ever. */
class LeftBehindTest {

  private static final int WORKERS = 100;
  private static final int RUNS = 500;

  @RegisterExtension final RedisFixture redis = new RedisFixture();

  private List<String> keysForEver() {
    return redis.storedKeys().stream()
        .filter(key -> redis.client().getBucket(key, StringCodec.INSTANCE).remainTimeToLive() == -1)
        .toList();
  }

  @Test
  void theQueuesOfDeadWorkersGo() {
    RedisQueue queue = redis.queue();
    for (int i = 0; i < WORKERS; i++) {
      String own = Queue.OF_A_WORKER + "wrkr_" + i;
      queue.enqueue(
          List.of(
              message(own, "waits"),
              message(own, "with a key", Duration.ZERO, "key"),
              message(own, "later", Duration.ofMinutes(1), null)));
      // It dies with a message in its hands.
      new QueueTurn(RedisConnection.of(redis.client()), redis.keys(), own, RedisFixture.FAST)
          .take(1, List.of(), List.of());
    }
    assertThat(redis.storedKeys()).hasSizeGreaterThan(4 * WORKERS);
    assertThat(keysForEver()).isEmpty();
  }

  @Test
  void whatWaitsForAnybodyStays() {
    redis.queue().enqueue(List.of(message("task", "waits")));
    assertThat(keysForEver()).hasSameSizeAs(redis.storedKeys()).isNotEmpty();
  }

  @Test
  void aQueueThatIsWorkedOffLeavesNothing() {
    RedisQueue queue = redis.queue();
    RecordingHandler handler = new RecordingHandler();
    queue.subscribe("task", 8, handler);
    for (int i = 0; i < RUNS; i++) {
      queue.enqueue(List.of(message("task", "" + i, Duration.ZERO, "key " + i)));
    }
    Eventually.assertThat(() -> assertThat(handler.count()).isEqualTo(RUNS));
    Eventually.assertThat(() -> assertThat(keysForEver()).isEmpty());
  }

  @Test
  void theStreamsOfEndedRunsGo() {
    Streamer streamer = redis.streamer();
    for (int i = 0; i < RUNS; i++) {
      StreamId stream = new StreamId(new RunId("wrun_" + i), "out");
      streamer.open(stream, new Life(1, 0, Map.of()));
      streamer.write(
          stream, 1, new WriteId("one", i), new LiveStreams.Writer("step", 1), texts("a", "b"));
      if (i % 2 == 0) {
        streamer.endAll(stream.run());
      }
      streamer.end(stream, 1);
      streamer.forget(stream);
      streamer.endAll(stream.run());
      streamer.end(stream, 1);
    }
    assertThat(keysForEver()).isEmpty();
  }
}
