package dev.fantasticfour.world.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.StreamReader;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.cli.server.Reach;
import dev.fantasticfour.world.embedded.Services;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A database that was brought back from a moment before, and the Redis of now. */
@Timeout(120)
class AfterRestoreIT {

  private static final WorkflowType<String, String> ORDER =
      WorkflowType.of("order", String.class, String.class);
  private static final HookType<String> ANSWER = HookType.of("answer", String.class);
  private static final StepType<String, String> PACK =
      StepType.of("pack", String.class, String.class);
  private static final StreamType<String> NEWS = StreamType.of("news", String.class);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<String> charged = new CopyOnWriteArrayList<>();
  private final Map<String, String> variables = new HashMap<>();

  private World world(String postgres) {
    variables.put(WorldConfig.POSTGRES_URL, postgres);
    World world =
        World.create(
            WorldConfig.from(variables),
            w ->
                w.register(
                        ORDER,
                        (ctx, name) -> {
                          ctx.step(
                              "charge",
                              String.class,
                              s -> {
                                charged.add(s.idempotencyKey());
                                s.stream(NEWS).write(name + " is charged");
                                return name;
                              });
                          String answer = ctx.hook(ANSWER, "answer-" + name).await();
                          String parcel = ctx.step(PACK, name);
                          return ctx.step(
                              "tell",
                              String.class,
                              s -> {
                                s.stream(NEWS).write(parcel + " is packed");
                                return parcel + ", " + answer;
                              });
                        })
                    .register(PACK, (s, name) -> "parcel of " + name));
    world.start();
    return world;
  }

  private static String copyOf(String postgres) throws Exception {
    String copy = "world_" + UUID.randomUUID().toString().replace("-", "");
    int slash = postgres.lastIndexOf('/');
    int end = postgres.indexOf('?', slash);
    String name = postgres.substring(slash + 1, end < 0 ? postgres.length() : end);
    WorldConfig elsewhere =
        WorldConfig.defaults().withConnectionString(Services.postgres().freshDatabase());
    try (Connection connection = Reach.postgres(elsewhere);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + copy + " TEMPLATE " + name);
    }
    return postgres.replace("/" + name, "/" + copy);
  }

  @Test
  void allRunsGoOnFromWhereTheBackupHasThem() throws Exception {
    String now = Services.postgres().freshDatabase();
    variables.put(WorldConfig.REDIS_URL, Services.redis().url());
    variables.put("WORKFLOW_POSTGRES_JOB_PREFIX", "restored_" + UUID.randomUUID() + "_");
    variables.put("WORKFLOW_POSTGRES_MIGRATE", "true");
    variables.put("WORKFLOW_LEASE", "PT2S");
    Run<String> before;
    try (World world = world(now)) {
      before = world.client().start(ORDER, "ada");
      before.awaitHook(ANSWER, PATIENCE);
    }
    String backup = copyOf(now);
    try (World world = world(now)) {
      world.client().resume(ANSWER, "answer-ada", "yes");
      assertThat(world.client().run(ORDER, before.id()).result(PATIENCE))
          .isEqualTo("parcel of ada, yes");
      Run<String> gone = world.client().start(ORDER, "bob");
      gone.awaitHook(ANSWER, PATIENCE);
      assertThat(cli().run("after-restore").err()).contains("stop all workers");
    }

    variables.put(WorldConfig.POSTGRES_URL, backup);
    Cli.Outcome outcome = cli().run("after-restore", "--json");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.json().get("openRuns").intValue()).isEqualTo(1);
    assertThat(outcome.json().get("keysDeleted").intValue()).isPositive();
    assertThat(outcome.json().get("tornRuns")).isEmpty();
    assertThat(cli().run("after-restore").out()).contains("1 runs go on", "0 keys of Redis");

    try (World world = world(backup)) {
      Run<String> restored = world.client().run(ORDER, before.id());
      world.client().resume(ANSWER, "answer-ada", "no");
      assertThat(restored.result(PATIENCE)).isEqualTo("parcel of ada, no");
      assertThat(told(restored)).last().isEqualTo("parcel of ada is packed");
      assertThat(charged).as("ada and bob, once each").doesNotHaveDuplicates().hasSize(2);
    }
  }

  private Cli cli() {
    return new Cli(variables);
  }

  /** Whatever of it is there still, to its end. */
  private static List<String> told(Run<String> run) throws InterruptedException {
    List<String> told = new ArrayList<>();
    try (StreamReader<String> reader = run.stream(NEWS, 0)) {
      while (true) {
        switch (reader.next(PATIENCE).orElseThrow()) {
          case StreamReader.Item.Chunk<String> chunk -> told.add(chunk.value());
          case StreamReader.Item.End<String> end -> {
            return told;
          }
          case StreamReader.Item.Restarted<String> mark -> {}
          case StreamReader.Item.Truncated<String> mark -> {}
        }
      }
    }
  }
}
