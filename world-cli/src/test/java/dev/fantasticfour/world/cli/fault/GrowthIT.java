package dev.fantasticfour.world.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.RedisOptions;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.RunCustody;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.embedded.EmbeddedRedis;
import dev.fantasticfour.world.embedded.PlainRedisConnection;
import dev.fantasticfour.world.embedded.Services;
import dev.fantasticfour.world.postgres.PostgresStorageOpener;
import dev.fantasticfour.world.redis.guice.RedisQueueProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What is left of runs that have ended and of workers that have vanished. In PostgreSQL the runs
 * themselves stay, with their steps and events; nothing else is for ever. With {@code
 * -Dworld.growth.runs=10000} it is counted in earnest.
 */
class GrowthIT {

  private static final int RUNS = Integer.getInteger("world.growth.runs", 200);
  private static final int AT_ONCE = 50;
  private static final int VANISHED = 100;
  private static final Duration LEASE = Duration.ofSeconds(10);

  /** What a living application keeps in Redis, whatever it has done before. */
  private static final int KEYS_OF_THE_LIVING = 10;

  private static final WorkflowType<Integer, String> ALL_KINDS =
      WorkflowType.of("all-kinds", Integer.class, String.class);
  private static final StepType<Integer, String> QUEUED =
      StepType.of("queued", Integer.class, String.class).queued();
  private static final HookType<String> ANSWER = HookType.of("answer", String.class);
  private static final StreamType<String> WORDS = StreamType.of("words", String.class);

  private static String allKinds(WorkflowContext ctx, int number) {
    try (Hook<String> hook = ctx.hook(ANSWER, "token " + number)) {
      return ctx.step(QUEUED, number) + hook.await(Duration.ofMinutes(5)).orElse(" nobody");
    }
  }

  @Test
  void nothingIsLeftForEverButTheRuns() throws Exception {
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        PlainRedisConnection keys =
            PlainRedisConnection.open(PlainRedisConnection.Login.of("127.0.0.1", redis.port()))) {
      WorldConfig config =
          WorldConfig.defaults()
              .withConnectionString(Services.postgres().freshDatabase())
              .withRedis(RedisOptions.ofUrl(redis.url()))
              .withMigrateOnStart(true);
      try (World world =
          World.create(
              config,
              w ->
                  w.register(ALL_KINDS, GrowthIT::allKinds)
                      .register(
                          QUEUED,
                          (step, number) -> {
                            step.stream(WORDS).write("words of " + number);
                            return "step " + number;
                          }))) {
        world.start();
        for (int from = 0; from < RUNS; from += AT_ONCE) {
          run(world, from, Math.min(RUNS, from + AT_ONCE));
        }
        vanish(config);
        Until.holds("Redis keeps little", () -> forEver(keys).size() <= KEYS_OF_THE_LIVING);
      }
      assertThat(forEver(keys)).hasSizeLessThanOrEqualTo(KEYS_OF_THE_LIVING);
      try (Evidence evidence = new Evidence(config)) {
        assertThat(evidence.number("select count(*) from workflow_runs")).isEqualTo(RUNS);
        assertThat(evidence.number("select count(*) from workflow_steps")).isEqualTo(RUNS);
        assertThat(evidence.number("select count(*) from workflow_hooks")).isZero();
        assertThat(evidence.number("select count(*) from workflow_waits")).isZero();
        assertThat(evidence.number("select count(*) from workflow_custody")).isZero();
        assertThat(evidence.number("select count(*) from workflow_workers"))
            .isEqualTo(VANISHED + 1);
        theNextWorkerOfAnHourLater(config);
        assertThat(evidence.number("select count(*) from workflow_workers")).isOne();
      }
    }
  }

  private static void run(World world, int from, int to) throws Exception {
    List<Run<String>> runs = new ArrayList<>();
    for (int number = from; number < to; number++) {
      int input = number;
      runs.add(world.client().start(ALL_KINDS, input, o -> o.runKey("run " + input)));
    }
    for (int number = from; number < to; number++) {
      Run<String> run = runs.get(number - from);
      run.awaitHook(ANSWER, Until.PATIENCE);
      world.client().resume(ANSWER, "token " + number, " answered");
    }
    for (int number = from; number < to; number++) {
      assertThat(runs.get(number - from).result(Until.PATIENCE))
          .isEqualTo("step " + number + " answered");
    }
  }

  /** Workers that register, are sent hints, and are never heard of again. */
  private static void vanish(WorldConfig config) throws Exception {
    try (Storage storage = new PostgresStorageOpener(config).open();
        Queue queue = new RedisQueueProvider().open(config)) {
      for (int number = 0; number < VANISHED; number++) {
        WorkerId worker = new WorkerId("wrkr_vanished_" + number);
        storage.register(worker, "build", LEASE);
        String own = Queue.OF_A_WORKER + worker;
        queue.enqueue(
            List.of(
                message("hint " + number, own, Duration.ZERO, "run " + number),
                message("later " + number, own, Duration.ofMinutes(1), null)));
      }
    }
  }

  private static Queue.Message message(String id, String queue, Duration delay, String key) {
    return new Queue.Message(id, queue, Payload.json("{}"), Map.of(), delay, key, 0);
  }

  private static void theNextWorkerOfAnHourLater(WorldConfig config) {
    Duration later = RunCustody.REMEMBERED_FOR.plus(LEASE).plusMinutes(5);
    try (Storage storage = new PostgresStorageOpener(config).clockOffset(() -> later).open()) {
      WorkerId judge = new WorkerId("wrkr_judge");
      storage.register(judge, "build", LEASE);
      storage.markDead(judge);
      storage.register(judge, "build", LEASE);
    }
  }

  /** The keys that nothing takes away. */
  private static List<String> forEver(PlainRedisConnection redis) throws IOException {
    List<String> forEver = new ArrayList<>();
    for (String key : redis.ask(List.of("KEYS", "*"))) {
      if (redis.command("TTL", key).equals("-1")) {
        forEver.add(key);
      }
    }
    return forEver;
  }
}
