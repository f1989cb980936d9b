package dev.fantasticfour.world.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.workflow.BranchBody;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.RetryPolicy;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.embedded.Services;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the ways of a run cost on PostgreSQL: counted, not timed. */
@Timeout(60)
class BudgetIT {

  private static final WorkflowType<Integer, String> STEPS =
      WorkflowType.of("steps", Integer.class, String.class);
  private static final WorkflowType<Integer, String> FAILING =
      WorkflowType.of("failing", Integer.class, String.class);
  private static final WorkflowType<Integer, String> BRANCHES =
      WorkflowType.of("branches", Integer.class, String.class);
  private static final WorkflowType<Integer, String> LISTENING =
      WorkflowType.of("listening", Integer.class, String.class);
  private static final WorkflowType<Integer, String> CALLING =
      WorkflowType.of("calling", Integer.class, String.class);
  private static final HookType<String> HOOK = HookType.of("answer", String.class);
  private static final String TOKEN = "budget";
  private static final int N = 20;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch continued = new CountDownLatch(1);
  private WorldConfig config;
  private CountedWorld world;

  @BeforeEach
  void start() {
    config =
        WorldConfig.defaults()
            .withConnectionString(Services.postgres().freshDatabase())
            .withRedis(
                dev.fantasticfour.world.api.config.RedisOptions.ofUrl(Services.redis().url()))
            .withJobPrefix("budget_" + UUID.randomUUID() + "_")
            .withMigrateOnStart(true);
    world =
        CountedWorld.started(
            config,
            w ->
                w.register(STEPS, BudgetIT::steps)
                    .register(FAILING, BudgetIT::failing)
                    .register(BRANCHES, BudgetIT::branches)
                    .register(CALLING, (ctx, many) -> ctx.call(STEPS, many))
                    .register(LISTENING, this::listening));
  }

  @AfterEach
  void close() {
    world.close();
    threads.close();
  }

  private static String steps(WorkflowContext ctx, int many) {
    for (int i = 0; i < many; i++) {
      ctx.step("s", String.class, s -> "done");
    }
    return "done";
  }

  private static String failing(WorkflowContext ctx, int times) {
    RetryPolicy atOnce =
        new RetryPolicy(times + 1, Duration.ofMillis(5), 1, Duration.ofMillis(5), 0);
    return ctx.step(
        "s",
        String.class,
        o -> o.retry(atOnce),
        s -> {
          if (s.attempt() <= times) {
            throw new IOException("not yet");
          }
          return "done";
        });
  }

  private static String branches(WorkflowContext ctx, int many) {
    List<BranchBody<String>> all = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      all.add(
          branch ->
              branch.step(
                  "s",
                  String.class,
                  s -> {
                    Thread.sleep(20);
                    return "done";
                  }));
    }
    ctx.all(all);
    return "done";
  }

  private String listening(WorkflowContext ctx, int unused) {
    try (Hook<String> hook = ctx.hook(HOOK, TOKEN)) {
      hook.await();
      continued.countDown();
      return hook.await();
    }
  }

  @Test
  void sequentialStepsInAFreeSlotCostOneAppendEachAndOneMore() {
    world.client().start(STEPS, N).result(Until.PATIENCE);

    assertThat(world.storage().of(Counts.BATCHES)).isLessThanOrEqualTo(N + 1);
  }

  @Test
  void sequentialStepsOfARunStartedElsewhereCostOneAppendEachAndTwoMore() {
    try (CountedWorld elsewhere = new CountedWorld(config, nothing -> {})) {
      elsewhere.client().start(STEPS, N).result(Until.PATIENCE);

      assertThat(world.storage().of(Counts.BATCHES) + elsewhere.storage().of(Counts.BATCHES))
          .isLessThanOrEqualTo(N + 2);
    }
  }

  @Test
  void sequentialStepsReadNoHistory() {
    world.client().start(STEPS, N).result(Until.PATIENCE);

    assertThat(world.storage().of("history")).isZero();
  }

  @Test
  void runsThatAreStartedElsewhereTogetherAreClaimedTogetherWithTheirLogs() {
    int runs = 200;
    try (CountedWorld elsewhere = new CountedWorld(config, nothing -> {})) {
      List<CompletableFuture<String>> results =
          IntStream.range(0, runs)
              .mapToObj(i -> CompletableFuture.supplyAsync(() -> started(elsewhere), threads))
              .map(started -> started.thenCompose(Run::resultAsync))
              .toList();
      results.forEach(result -> assertThat(result).succeedsWithin(Until.PATIENCE));
    }

    long claims = world.storage().of("claim");
    long loads = world.storage().of("history");
    System.out.println("[faults] " + runs + " runs: " + claims + " claims, " + loads + " loads");
    assertThat(claims).isLessThan(runs / 2);
    assertThat(loads).isZero();
  }

  private static Run<String> started(CountedWorld elsewhere) {
    return elsewhere.client().start(STEPS, 1);
  }

  /**
   * Start, the child's creation, its start, its step and end, and the end of its parent; that the
   * child is taken and its end is moved; and that it is laid aside.
   */
  @Test
  void aCallOfAChildCostsFiveAppendsAndThreeStatementsMore() throws Exception {
    world.client().start(CALLING, 1).result(Until.PATIENCE);

    Until.holds("the child is laid aside", () -> world.storage().of("reschedule") > 0);
    assertThat(world.storage().of(Counts.BATCHES)).isEqualTo(5);
    assertThat(world.storage().of("claim")).isEqualTo(1);
    assertThat(world.storage().of("relay")).isEqualTo(1);
    assertThat(world.storage().of("reschedule")).isEqualTo(1);
    for (String read : List.of("owed", "archivedStreams", "run")) {
      assertThat(world.storage().of(read)).as(read).isZero();
    }
  }

  @Test
  void everyFailedAttemptCostsOneAppendMore() {
    world.client().start(FAILING, 3).result(Until.PATIENCE);

    assertThat(world.storage().of(Counts.BATCHES)).isLessThanOrEqualTo(1 + 3 + 1);
  }

  @Test
  void aHookThatIsResumedHereGoesOnWithOneAppendAndNoRead() throws Exception {
    world.client().start(LISTENING, 0).awaitHook(HOOK, Until.PATIENCE);
    Until.holds("it is parked", () -> world.node().parkedRuns() == 1);
    long batches = world.storage().of(Counts.BATCHES);
    long reads = world.storage().of("history");

    world.client().resume(HOOK, TOKEN, "yes");

    assertThat(continued.await(Until.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(world.storage().of(Counts.BATCHES) - batches).isEqualTo(1);
    assertThat(world.storage().of("history") - reads).isZero();
  }

  @Test
  void completionsOfABroadFanOutShareAppends() {
    world.client().start(BRANCHES, 100).result(Until.PATIENCE);

    System.out.println("[faults] 100 branches: " + world.storage().of(Counts.BATCHES) + " appends");
    assertThat(world.storage().of(Counts.BATCHES)).isLessThan(35);
  }

  @Test
  void anIdleWorldAsksForASweepASecondAndABeatEveryQuarterLease() throws Exception {
    Until.holds("it sweeps", () -> world.storage().of("due") > 1);

    long statements = world.statementsIn(Duration.ofSeconds(5));

    System.out.println("[faults] idle: " + statements + " statements in 5 s");
    assertThat(statements).isLessThanOrEqualTo(6 + 2 * 3);
  }
}
