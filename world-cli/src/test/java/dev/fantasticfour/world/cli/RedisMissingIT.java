package dev.fantasticfour.world.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.StreamReader;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.embedded.EmbeddedRedis;
import dev.fantasticfour.world.embedded.Services;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Processes are started while Redis is away; it comes later. */
@Timeout(120)
class RedisMissingIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final WorkflowType<String, String> PLAIN =
      WorkflowType.of("plain", String.class, String.class);
  private static final WorkflowType<String, String> SPEECH =
      WorkflowType.of("speech", String.class, String.class);
  private static final StreamType<String> WORDS = StreamType.of("words", String.class);
  private static final EmbeddedRedis REDIS = EmbeddedRedis.start();

  @AfterAll
  static void close() {
    REDIS.close();
  }

  @Test
  void workersClientsAndTheCommandStartWithoutRedisAndUseItWhenItComes() throws Exception {
    Map<String, String> variables =
        Map.of(
            WorldConfig.POSTGRES_URL,
            Services.postgres().freshDatabase(),
            WorldConfig.REDIS_URL,
            REDIS.url(),
            "WORKFLOW_POSTGRES_MIGRATE",
            "true");
    REDIS.kill();
    try (World worker =
            World.create(
                WorldConfig.from(variables),
                w ->
                    w.register(PLAIN, (ctx, in) -> ctx.step("echo", String.class, s -> in))
                        .register(
                            SPEECH,
                            (ctx, in) ->
                                ctx.step(
                                    "say",
                                    String.class,
                                    s -> {
                                      s.stream(WORDS).write(in);
                                      return in;
                                    })));
        World client = World.create(WorldConfig.from(variables), w -> {})) {
      worker.start();
      assertThat(client.client().start(PLAIN, "a").result(PATIENCE)).isEqualTo("a");
      Run<String> speech = client.client().start(SPEECH, "b");
      Cli.Outcome listed = new Cli(variables).run("runs", "list");
      assertThat(listed.code()).isZero();
      assertThat(listed.out()).contains(speech.id());
      REDIS.startAgain();
      assertThat(speech.result(PATIENCE)).isEqualTo("b");
      try (StreamReader<String> reader = speech.stream(WORDS, 0)) {
        assertThat(reader.next(PATIENCE)).contains(new StreamReader.Item.Chunk<>(0, "b"));
        assertThat(reader.next(PATIENCE)).contains(new StreamReader.Item.End<>());
      }
    }
  }
}
