package dev.fantasticfour.world.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.embedded.EmbeddedRedis;
import dev.fantasticfour.world.embedded.Services;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/**
 * Redis dies with all it has when a step has just written, its run ends meanwhile, and Redis comes
 * back empty.
 */
@Timeout(120)
class StreamsRedisAwayIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final WorkflowType<Integer, Integer> SPEECH =
      WorkflowType.of("speech", Integer.class, Integer.class);
  private static final StreamType<String> WORDS = StreamType.of("words", String.class);
  private static final EmbeddedRedis REDIS = EmbeddedRedis.start();

  @AfterAll
  static void close() {
    REDIS.close();
  }

  @RepeatedTest(3)
  void everyChunkIsKept() throws Exception {
    Map<String, String> variables =
        Map.of(
            WorldConfig.POSTGRES_URL,
            Services.postgres().freshDatabase(),
            WorldConfig.REDIS_URL,
            REDIS.url(),
            "WORKFLOW_POSTGRES_MIGRATE",
            "true");
    try (World world =
        World.create(
            WorldConfig.from(variables),
            w ->
                w.register(
                    SPEECH,
                    (ctx, count) ->
                        ctx.step(
                            "say",
                            Integer.class,
                            s -> {
                              for (int i = 0; i < count; i++) {
                                s.stream(WORDS).write("" + i);
                              }
                              REDIS.kill();
                              return count;
                            })))) {
      world.start();
      Run<Integer> speech = world.client().start(SPEECH, 10);
      assertThat(speech.result(PATIENCE)).isEqualTo(10);
      REDIS.startAgain();
      List<String> all = IntStream.range(0, 10).mapToObj(i -> "" + i).toList();
      StreamTale tale = StreamTale.of(speech.stream(WORDS, 0));
      assertThat(tale.told()).isEqualTo(all);
      assertThat(tale.marks()).isZero();
    } finally {
      if (!REDIS.isRunning()) {
        REDIS.startAgain();
      }
    }
  }
}
