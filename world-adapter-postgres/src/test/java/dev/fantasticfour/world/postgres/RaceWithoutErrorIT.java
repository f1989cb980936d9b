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
import dev.fantasticfour.world.core.port.WorkerId;
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

  private static AppendRow append(Connection connection, Statements statements, Batch... batches) {
    List<Addition> additions =
        Stream.of(batches).map(b -> Objects.requireNonNull(Supposition.of(b))).toList();
    AppendCall call = AppendColumns.call(additions, Duration.ZERO, null);
    return statements
        .rows(connection, AppendMapper.class, mapper -> mapper.append(call))
        .getFirst();
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
  void whoTakesAKeySecondIsLeftOutAndNothingOfItIsThere() throws Exception {
    try (TestStore store = new TestStore();
        Connection one = store.connect();
        Connection other = store.connect()) {
      Statements statements = Statements.of("public");
      Batch first = creation("key");
      Batch second = creation("key");
      Batch beside = creation("another key");
      one.setAutoCommit(false);
      assertThat(append(one, statements, first).oBatch()).isNotNull();
      CompletableFuture<AppendRow> answer =
          CompletableFuture.supplyAsync(() -> append(other, statements, second, beside));
      awaitBlocked(store);
      one.commit();
      assertThat(answer.get(30, TimeUnit.SECONDS).oBatch()).as("the bystander").containsExactly(2);
      for (String table : List.of("workflow_runs", "workflow_custody", "workflow_events")) {
        assertThat(store.sql("SELECT count(*) FROM " + table)).as(table).containsExactly("2");
      }

      // Whoever asks the whole way is told who has the key, and that the bystander stands.
      assertThat(store.storage.append(List.of(second, beside)))
          .extracting(result -> (Object) result.getClass())
          .containsExactly(AppendResult.Conflict.class, AppendResult.Repeated.class);
    }
  }

  @Test
  void whoOpensATokenSecondIsLeftOutAndNothingOfItIsThere() throws Exception {
    try (TestStore store = new TestStore();
        Connection one = store.connect();
        Connection other = store.connect()) {
      Statements statements = Statements.of("public");
      WorkerId worker = store.worker("b");
      Batch second = opening(store, worker);
      one.setAutoCommit(false);
      assertThat(append(one, statements, opening(store, worker)).oBatch()).isNotNull();
      CompletableFuture<AppendRow> answer =
          CompletableFuture.supplyAsync(() -> append(other, statements, second, creation("key")));
      awaitBlocked(store);
      one.commit();
      assertThat(answer.get(30, TimeUnit.SECONDS).oBatch()).as("the bystander").containsExactly(2);
      assertThat(store.sql("SELECT count(*) FROM workflow_hooks")).containsExactly("1");
      assertThat(store.sql("SELECT count(*) FROM workflow_runs")).containsExactly("3");
      assertThat(store.accepted(second).events().getFirst().fact())
          .isInstanceOf(Fact.HookConflict.class);
    }
  }

  /** A run that its owner has, and opens the token in. */
  private static Batch opening(TestStore store, WorkerId worker) {
    RunId run = new RunId(TestStore.number("run-"));
    store.accepted(TestStore.owning(run, worker, "f"));
    Fact opening = new Fact.HookCreated(Site.named("h"), "the token", null, null);
    return TestStore.owner(run, worker, 1, 2, TestStore.about("h", opening));
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
      // Keys and ids of every kind.
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
