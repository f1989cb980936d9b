package dev.fantasticfour.world.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RacesIT {

  private static final int ROUNDS = Integer.getInteger("world.races.rounds", 500);

  private static TestStore store;
  private static ExecutorService threads;

  @BeforeAll
  static void open() {
    store = new TestStore();
    threads = Executors.newFixedThreadPool(4);
  }

  @AfterAll
  static void close() {
    threads.shutdownNow();
    store.close();
  }

  private static <T> List<T> race(Callable<T> one, Callable<T> other) throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(2);
    List<Future<T>> running = new ArrayList<>();
    for (Callable<T> call : List.of(one, other)) {
      running.add(
          threads.submit(
              () -> {
                barrier.await();
                return call.call();
              }));
    }
    return List.of(running.get(0).get(), running.get(1).get());
  }

  private static Draft end() {
    return new Draft(null, Instant.now(), new Fact.RunCompleted(null));
  }

  @Test
  void aHookThatIsDisposedReceivesNothingAfterThat() throws Exception {
    int received = 0;
    for (int round = 0; round < ROUNDS; round++) {
      RunId run = store.run("f");
      String token = run + "-token";
      store.accepted(
          TestStore.anyone(
              run, TestStore.about("h", new Fact.HookCreated(null, token, null, null))));
      Batch disposal = TestStore.anyone(run, TestStore.about("h", new Fact.HookDisposed()));
      List<AppendResult> results =
          race(
              () -> store.append(TestStore.toHook(token, "1")),
              () -> store.append(round(disposal)));
      assertThat(results.get(1)).isInstanceOf(AppendResult.Appended.class);
      boolean accepted = results.get(0) instanceof AppendResult.Appended;
      received += accepted ? 1 : 0;
      assertThat(types(run))
          .isEqualTo(
              accepted
                  ? List.of("run_created", "hook_created", "hook_received", "hook_disposed")
                  : List.of("run_created", "hook_created", "hook_disposed"));
    }
    assertThat(received).describedAs("both orders must have happened").isBetween(1, ROUNDS);
  }

  private static Batch round(Batch batch) {
    return batch;
  }

  @Test
  void anEndedRunReceivesNothingAfterThat() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      RunId run = store.run("f");
      String token = run + "-token";
      store.accepted(
          TestStore.anyone(
              run, TestStore.about("h", new Fact.HookCreated(null, token, null, null))));
      List<AppendResult> results =
          race(
              () -> store.append(TestStore.toHook(token, "1")),
              () -> store.append(TestStore.anyone(run, end())));
      assertThat(results.get(1)).isInstanceOf(AppendResult.Appended.class);
      assertThat(types(run).getLast()).isEqualTo("run_completed");
      assertThat(store.storage.hookByToken(token)).isEmpty();
    }
  }

  @Test
  void aRunEndsOnce() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      RunId run = store.run("f");
      List<AppendResult> results =
          race(
              () -> store.append(TestStore.anyone(run, end())),
              () ->
                  store.append(
                      TestStore.anyone(
                          run, new Draft(null, Instant.now(), new Fact.RunTerminated(null)))));
      assertThat(results.stream().filter(AppendResult.Appended.class::isInstance)).hasSize(1);
      assertThat(results.stream().filter(AppendResult.Closed.class::isInstance)).hasSize(1);
      assertThat(types(run)).hasSize(2);
    }
  }

  @Test
  void aRunIsClaimedByOneWorkerOfTwo() throws Exception {
    WorkerId a = store.worker("b");
    WorkerId b = store.worker("b");
    for (int round = 0; round < ROUNDS; round++) {
      RunId run = store.run("f");
      List<Integer> taken =
          race(
              () -> store.storage.claim(a, Work.ofAll("queue"), List.of(run)).size(),
              () -> store.storage.claim(b, Work.ofAll("queue"), List.of(run)).size());
      assertThat(taken.get(0) + taken.get(1)).isEqualTo(1);
      assertThat(store.storage.run(run).orElseThrow().epoch()).isEqualTo(1);
    }
  }

  @Test
  void aTokenHasOneLiveHook() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      RunId a = store.run("f");
      RunId b = store.run("f");
      String token = a + "-shared";
      Fact created = new Fact.HookCreated(Site.named("n"), token, null, null);
      race(
          () -> store.append(TestStore.anyone(a, TestStore.about("h", created))),
          () -> store.append(TestStore.anyone(b, TestStore.about("h", created))));
      List<String> outcomes = new ArrayList<>(types(a).subList(1, 2));
      outcomes.addAll(types(b).subList(1, 2));
      Collections.sort(outcomes);
      assertThat(outcomes).containsExactly("hook_conflict", "hook_created");
    }
  }

  @Test
  void aRunKeyHasOneRun() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String key = TestStore.number("key");
      // With ids that go the short way first, and with such as are judged draft by draft at once.
      RunId one = round % 2 == 0 ? TestStore.minted() : new RunId(TestStore.number("run-"));
      RunId other = round % 4 < 2 ? TestStore.minted() : new RunId(TestStore.number("run-"));
      List<AppendResult> results = race(() -> keyed(one, key), () -> keyed(other, key));
      assertThat(results.stream().filter(AppendResult.Appended.class::isInstance)).hasSize(1);
      assertThat(results.stream().filter(AppendResult.Conflict.class::isInstance)).hasSize(1);
    }
  }

  private static AppendResult keyed(RunId run, String key) {
    Fact.RunCreated created =
        new Fact.RunCreated("f", "d", 1, "q", null, key, "hash", Map.of(), null);
    return store.append(TestStore.anyone(run, new Draft(null, Instant.now(), created)));
  }

  @Test
  void foldedBatchesOverTheSameRunsNeitherDeadlockNorLoseAnything() throws Exception {
    List<RunId> runs = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      runs.add(store.run("folded"));
    }
    Map<RunId, Integer> expected = new HashMap<>();
    List<Future<Map<RunId, Integer>>> lanes = new ArrayList<>();
    for (int lane = 0; lane < 4; lane++) {
      int seed = lane;
      lanes.add(threads.submit(() -> lane(seed, runs)));
    }
    for (Future<Map<RunId, Integer>> lane : lanes) {
      lane.get().forEach((run, count) -> expected.merge(run, count, Integer::sum));
    }
    for (RunId run : runs) {
      List<Event> log = store.storage.history(run, 0, 10_000);
      assertThat(log).hasSize(1 + expected.getOrDefault(run, 0));
      for (int i = 0; i < log.size(); i++) {
        assertThat(log.get(i).position()).isEqualTo(i + 1);
        if (i > 0) {
          assertThat(log.get(i).createdAt()).isAfter(log.get(i - 1).createdAt());
          assertThat(log.get(i).id()).isGreaterThan(log.get(i - 1).id());
        }
      }
    }
    assertThat(
            store.sql("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))
        .containsExactly("0");
  }

  private static Map<RunId, Integer> lane(int seed, List<RunId> runs) {
    Random random = new Random(seed);
    Map<RunId, Integer> appended = new HashMap<>();
    for (int i = 0; i < 150; i++) {
      List<Batch> batches = new ArrayList<>();
      int size = 1 + random.nextInt(12);
      for (int k = 0; k < size; k++) {
        RunId run = runs.get(random.nextInt(runs.size()));
        String token = "fold" + random.nextInt(50);
        Fact fact =
            random.nextInt(3) == 0
                ? new Fact.HookCreated(null, token, Payload.json("1"), null)
                : new Fact.StepCompleted(Site.named("n"), 1, null, Payload.json("2"));
        batches.add(TestStore.anyone(run, TestStore.about(TestStore.number("e"), fact)));
      }
      List<AppendResult> results = store.storage.append(batches);
      for (AppendResult result : results) {
        if (result instanceof AppendResult.Appended a) {
          appended.merge(a.run(), a.events().size(), Integer::sum);
        } else {
          assertThat(result).isInstanceOf(AppendResult.Busy.class);
        }
      }
    }
    return appended;
  }

  private static List<String> types(RunId run) {
    return store.storage.history(run, 0, 100).stream()
        .map(Event::type)
        .map(EventType::word)
        .toList();
  }
}
