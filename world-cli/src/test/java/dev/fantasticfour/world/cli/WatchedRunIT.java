package dev.fantasticfour.world.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.embedded.EmbeddedPostgres;
import dev.fantasticfour.world.embedded.Services;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Somebody watches a run while its PostgreSQL crashes and comes back (CLI-4). */
@Timeout(90)
class WatchedRunIT {

  private static final Duration SOON = Duration.ofSeconds(40);
  private static final WorkflowType<String, String> TALK =
      WorkflowType.of("talk", String.class, String.class);
  private static final HookType<String> WORD = HookType.of("word", String.class);

  @Test
  void noPositionIsMissingAndNoneComesTwiceOverARestartOfTheServer() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      Map<String, String> variables =
          Map.of(
              WorldConfig.POSTGRES_URL,
              postgres.createDatabase("watched"),
              WorldConfig.REDIS_URL,
              Services.redis().url(),
              "WORKFLOW_POSTGRES_JOB_PREFIX",
              "watched_" + UUID.randomUUID() + "_");
      assertThat(new Cli(variables).run("migrate").code()).isZero();
      try (World world =
          World.create(
              WorldConfig.from(variables),
              w ->
                  w.register(
                      TALK,
                      (ctx, name) -> {
                        try (Hook<String> hook = ctx.hook(WORD, "word-" + name)) {
                          return hook.await() + hook.await();
                        }
                      }))) {
        world.start();
        Run<String> run = world.client().start(TALK, "ada");
        run.awaitHook(WORD, SOON);
        watch(postgres, variables, world, run);
      }
    }
  }

  private static void watch(
      EmbeddedPostgres postgres, Map<String, String> variables, World world, Run<String> run)
      throws Exception {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CompletableFuture<Integer> code =
        CompletableFuture.supplyAsync(
            () ->
                Main.run(
                    new String[] {"runs", "watch", run.id(), "--json"},
                    variables,
                    new PrintWriter(out),
                    new PrintWriter(err),
                    OptionalInt.empty(),
                    null));
    while (!out.toString().contains("hook_created")) {
      assertThat(code).as(err.toString()).isNotDone();
      Thread.onSpinWait();
    }

    postgres.restartImmediate();
    say(world, "hello ");
    say(world, "again");

    assertThat(run.result(SOON)).isEqualTo("hello again");
    assertThat(code.get(30, TimeUnit.SECONDS)).as(err.toString()).isZero();
    List<Long> positions = new ArrayList<>();
    for (String line : out.toString().lines().toList()) {
      JsonNode event = new ObjectMapper().readTree(line);
      positions.add(event.get("position").longValue());
    }
    assertThat(positions)
        .isEqualTo(LongStream.rangeClosed(1, run.view().run().lastPosition()).boxed().toList());
  }

  /** Again under its key, until the store takes it. */
  private static void say(World world, String word) {
    for (long end = System.nanoTime() + SOON.toNanos(); ; ) {
      try {
        world.client().resume(WORD, "word-ada", word, o -> o.idempotencyKey(word));
        return;
      } catch (WorldException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
      }
    }
  }
}
