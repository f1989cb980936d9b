package dev.fantasticfour.world.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.embedded.EmbeddedRedis;
import dev.fantasticfour.world.embedded.Services;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The streams of an ended run, after Redis has forgotten everything. */
@Timeout(120)
class ArchivedStreamIT {

  private static final WorkflowType<String, String> SPEECH =
      WorkflowType.of("speech", String.class, String.class);
  private static final StreamType<String> WORDS = StreamType.of("words", String.class);
  private static final EmbeddedRedis REDIS = EmbeddedRedis.start();

  private static Cli cli = new Cli(Map.of());
  private static String run = "";

  @BeforeAll
  static void speakAndForget() throws Exception {
    Map<String, String> variables = new HashMap<>();
    variables.put(WorldConfig.POSTGRES_URL, Services.postgres().freshDatabase());
    variables.put(WorldConfig.REDIS_URL, REDIS.url());
    variables.put("WORKFLOW_POSTGRES_MIGRATE", "true");
    cli = new Cli(variables);
    try (World world =
        World.create(
            WorldConfig.from(variables),
            w ->
                w.register(
                    SPEECH,
                    (ctx, name) ->
                        ctx.step(
                            "say",
                            String.class,
                            s -> {
                              s.stream(WORDS).write("hello");
                              s.stream(WORDS).write(name);
                              return name;
                            })))) {
      world.start();
      Run<String> speech = world.client().start(SPEECH, "ada");
      assertThat(speech.result(Duration.ofSeconds(45))).isEqualTo("ada");
      run = speech.id();
    }
    REDIS.flushAll();
  }

  @AfterAll
  static void close() {
    REDIS.close();
  }

  @Test
  void theyAreListed() {
    assertThat(cli.run("streams", "list", run).out().strip()).isEqualTo("words");
  }

  @Test
  void theyAreReadFromTheirBeginning() {
    assertThat(cli.run("streams", "tail", run, "words", "--json").out().lines())
        .containsExactly(
            "{\"index\":0,\"chunk\":\"hello\"}",
            "{\"index\":1,\"chunk\":\"ada\"}",
            "{\"end\":true}");
  }

  @Test
  void theyAreReadFromTheirEnd() {
    assertThat(cli.run("streams", "tail", run, "words", "--from", "-1").out().lines())
        .containsExactly("1  \"ada\"", "-- end");
  }
}
