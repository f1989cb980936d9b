package dev.fantasticfour.world.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.embedded.EmbeddedPostgres;
import dev.fantasticfour.world.embedded.PostgresServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two start a run under one key at once, or open one token: the second waits for the first, and is
 * answered. An exception would be caught as well, and stand in the log of the server as an error.
 */
class RaceWithoutErrorIT {

  /** How many start under one key at once, round after round. */
  private static final int RACERS = 4;

  private static final int ROUNDS = Integer.getInteger("world.races.rounds", 500);

  private static Batch creation(String key) {
    return creation(TestStore.minted(), key);
  }

  private static Batch creation(RunId run, String key) {
    Fact creation =
        new Fact.RunCreated(
            "f", "d", 1, "queue", Payload.json("{}"), key, "a hash", Map.of(), null);
    return TestStore.anyone(run, new Draft(null, Instant.now(), creation));
  }

  private static PlainRow plain(Connection connection, Statements statements, Batch... batches) {
    List<PlainBatch> plain =
        Stream.of(batches).map(b -> Objects.requireNonNull(PlainBatch.of(b))).toList();
    return statements
        .rows(
            connection,
            AppendMapper.class,
            mapper -> mapper.appendPlain(PlainPlan.of(plain, Duration.ZERO)))
        .getFirst();
  }

  private static List<AppendRow> judged(
      Connection connection, Statements statements, Batch... batches) {
    return statements.rows(
        connection,
        AppendMapper.class,
        mapper -> mapper.append(AppendPlan.of(List.of(batches), true, Duration.ZERO)));
  }

  private static void awaitBlocked(TestStore store) throws Exception {
    while (store
        .sql(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                + " AND wait_event_type = 'Lock'")
        .isEmpty()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  @Test
  void theSecondIsLeftOutOfTheAnswerAndNothingOfItIsThere() throws Exception {
    try (TestStore store = new TestStore();
        Connection one = store.connect();
        Connection other = store.connect()) {
      Statements statements = Statements.of("public");
      Batch first = creation("key");
      Batch second = creation("key");
      Batch beside = creation("another key");
      one.setAutoCommit(false);
      assertThat(plain(one, statements, first).oBatch()).isNotNull();
      CompletableFuture<PlainRow> answer =
          CompletableFuture.supplyAsync(() -> plain(other, statements, second, beside));
      awaitBlocked(store);
      one.commit();
      assertThat(answer.get(30, TimeUnit.SECONDS).oBatch()).isNull();
      assertThat(store.sql("SELECT count(*) FROM workflow_runs")).containsExactly("1");
      assertThat(store.sql("SELECT count(*) FROM workflow_events")).containsExactly("1");

      // Whoever asks the whole way is told who has the key, and the bystander stands.
      assertThat(store.storage.append(List.of(second, beside)))
          .extracting(result -> (Object) result.getClass())
          .containsExactly(AppendResult.Conflict.class, AppendResult.Appended.class);
    }
  }

  @Test
  void whoIsJudgedAndComesSecondIsToAskAgain() throws Exception {
    try (TestStore store = new TestStore();
        Connection one = store.connect();
        Connection other = store.connect()) {
      Statements statements = Statements.of("public");
      Batch second = creation("key");
      one.setAutoCommit(false);
      assertThat(judged(one, statements, creation("key"))).noneMatch(AppendRow::isVoid);
      CompletableFuture<List<AppendRow>> answer =
          CompletableFuture.supplyAsync(
              () -> judged(other, statements, second, creation("another key")));
      awaitBlocked(store);
      one.commit();
      // The function had judged both batches to stand before it wrote.
      assertThat(answer.get(30, TimeUnit.SECONDS)).anyMatch(AppendRow::isVoid);
      assertThat(store.sql("SELECT count(*) FROM workflow_runs")).containsExactly("1");
      assertThat(store.append(second)).isInstanceOf(AppendResult.Conflict.class);
    }
  }

  @Test
  void whoOpensATokenSecondIsToAskAgainAndNothingOfItIsThere() throws Exception {
    try (TestStore store = new TestStore();
        Connection one = store.connect();
        Connection other = store.connect()) {
      Statements statements = Statements.of("public");
      Fact opening = new Fact.HookCreated(Site.named("h"), "the token", null, null);
      Batch second = TestStore.anyone(store.run("f"), TestStore.about("h", opening));
      one.setAutoCommit(false);
      judged(one, statements, TestStore.anyone(store.run("f"), TestStore.about("h", opening)));
      CompletableFuture<List<AppendRow>> answer =
          CompletableFuture.supplyAsync(() -> judged(other, statements, second, creation("key")));
      awaitBlocked(store);
      one.commit();
      assertThat(answer.get(30, TimeUnit.SECONDS)).anyMatch(AppendRow::isVoid);
      assertThat(store.sql("SELECT count(*) FROM workflow_hooks")).containsExactly("1");
      assertThat(store.sql("SELECT count(*) FROM workflow_runs")).containsExactly("2");
      assertThat(store.accepted(second).events().getFirst().fact())
          .isInstanceOf(Fact.HookConflict.class);
    }
  }

  /**
   * Folded with others or alone, all that are answered "appended" are there, one under each key.
   */
  @Test
  void oneOfManyHasTheKeyAndTheServersLogHasNoError(@TempDir Path home) throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(home, PostgresServerOptions.defaults());
        ExecutorService threads = Executors.newFixedThreadPool(RACERS)) {
      WorldConfig config = WorldConfig.defaults().withConnectionString(server.url());
      PostgresMigrations.migrate(config);
      try (PostgresStorage storage = new PostgresStorageOpener(config).open()) {
        CyclicBarrier barrier = new CyclicBarrier(RACERS);
        for (int round = 0; round < ROUNDS; round++) {
          race(storage, threads, barrier, round);
        }
      }
      assertThat(Files.readString(home.resolve("server.log")).lines())
          .filteredOn(line -> line.contains("ERROR:"))
          .isEmpty();
    }
  }

  private static void race(
      PostgresStorage storage, ExecutorService threads, CyclicBarrier barrier, int round)
      throws Exception {
    String key = "key" + round;
    List<Future<List<AppendResult>>> running = new ArrayList<>();
    for (int racer = 0; racer < RACERS; racer++) {
      // One of three is judged draft by draft from the start.
      Batch batch =
          (racer + round) % 3 == 0
              ? creation(new RunId(TestStore.number("run-")), key)
              : creation(key);
      // Every other one has company, before and behind it in the order of keys.
      List<Batch> batches =
          racer % 2 == 0
              ? List.of(batch)
              : List.of(
                  creation("a" + key + "-" + racer), batch, creation("z" + key + "-" + racer));
      running.add(
          threads.submit(
              () -> {
                barrier.await();
                return storage.append(batches);
              }));
    }
    int winners = 0;
    for (int racer = 0; racer < RACERS; racer++) {
      List<AppendResult> results = running.get(racer).get();
      AppendResult result = results.get(results.size() / 2);
      if (result instanceof AppendResult.Appended) {
        winners++;
      } else {
        assertThat(result).isInstanceOf(AppendResult.Conflict.class);
      }
      if (results.size() > 1) {
        assertThat(List.of(results.getFirst(), results.getLast()))
            .allSatisfy(
                beside ->
                    assertThat(beside)
                        .isInstanceOfSatisfying(
                            AppendResult.Appended.class,
                            a -> assertThat(storage.run(a.run())).isPresent()));
      }
    }
    assertThat(winners).describedAs("who have the key in round %s", round).isEqualTo(1);
  }
}
