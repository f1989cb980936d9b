package dev.fantasticfour.world.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.attribute.AttributeCondition;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.Runs;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.RunCustody.Claimed;
import dev.fantasticfour.world.core.port.RunLog;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.RunFold;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The same random batches, legal and illegal, in memory and in PostgreSQL: the answers, the logs
 * and the views are the same. What only the clock decides is left out of the comparison, and within
 * a call no two runs compete: nobody promises in which order they are taken.
 */
class AgreementWithMemoryIT {

  private static final int ROUNDS = Integer.getInteger("world.test.rounds", 40);

  private final List<WorkerId> workers = new ArrayList<>();
  private final List<Batch> sent = new ArrayList<>();
  private int relaysQuick;
  private int relaysJudged;

  @Test
  void theSameBatchesHaveTheSameOutcome() {
    try (TestStore store = new TestStore();
        MemoryStorage memory = new MemoryStorage(InstantSource.system())) {
      for (int i = 0; i < 3; i++) {
        WorkerId worker = new WorkerId("wrkr_" + i);
        workers.add(worker);
        store.storage.register(worker, "b" + i, Duration.ofHours(1));
        memory.register(worker, "b" + i, Duration.ofHours(1));
      }
      for (int round = 0; round < ROUNDS; round++) {
        BatchGame game = new BatchGame(round, memory, workers);
        sent.clear();
        for (int turn = 0; turn < 60; turn++) {
          turn("round " + round + ", turn " + turn, game, memory, store.storage);
        }
        relayedAll(round, game, memory, store.storage);
        for (RunId run : game.runs()) {
          sameViews(round, run, memory, store.storage);
        }
      }
      assertThat(store.storage.runCounts()).isEqualTo(memory.runCounts());
      assertThat(relaysQuick).as("relays that took the quick way").isPositive();
      assertThat(relaysJudged).as("relays that had to be judged").isPositive();
    }
  }

  private void turn(String when, BatchGame game, Storage memory, PostgresStorage postgres) {
    if (game.below(6) == 0) {
      WorkerId worker = game.one(workers);
      RunId run = game.one(game.runs());
      if (game.below(3) == 0) {
        long epoch = memory.run(run).map(RunRecord::epoch).orElse(0L);
        memory.release(worker, run, epoch, Due.NOW);
        postgres.release(worker, run, epoch, Due.NOW);
      }
      List<Claimed> taken = postgres.claim(worker, Work.ofAll("queue"), List.of(run));
      List<Claimed> expected = memory.claim(worker, Work.ofAll("queue"), List.of(run));
      assertThat(taken).hasSameSizeAs(expected);
      for (int i = 0; i < taken.size(); i++) {
        assertThat(Neutral.neutral(List.of(taken.get(i).run())))
            .isEqualTo(Neutral.neutral(List.of(expected.get(i).run())));
        assertThat(Neutral.neutral(taken.get(i).log()))
            .isEqualTo(Neutral.neutral(expected.get(i).log()));
      }
      return;
    }
    List<Batch> batches = new ArrayList<>();
    Contention contention = new Contention(memory);
    int size = game.below(4) == 0 ? 1 + game.below(5) : 1;
    boolean burst = game.below(3) == 0;
    for (int i = 0; i < size; i++) {
      Batch batch =
          !sent.isEmpty() && game.below(12) == 0
              ? game.one(sent)
              : burst && game.below(2) == 0 ? game.resume() : game.batch();
      if (batches.stream().noneMatch(b -> b.id().equals(batch.id()))
          && !contention.isBetween(batches, batch)) {
        batches.add(batch);
      }
    }
    sent.addAll(batches);
    RunRecord before = batches.size() == 1 ? found(memory, batches.getFirst()) : null;
    List<AppendResult> expected = memory.append(batches);
    long judged = postgres.appendCounts().judged();
    List<AppendResult> actual = postgres.append(batches);
    if (batches.size() == 1
        && expected.getFirst() instanceof AppendResult.Appended appended
        && QuickWay.isCommon(batches.getFirst(), before, appended)) {
      assertThat(postgres.appendCounts().judged())
          .describedAs(
              "%s, judged: %s after %s", when, batches, memory.history(appended.run(), 0, 100))
          .isEqualTo(judged);
    }
    relayed(when, game, memory, postgres);
    for (int i = 0; i < batches.size(); i++) {
      assertThat(Neutral.neutral(actual.get(i)))
          .describedAs("%s, batch %s of %s", when, i, batches)
          .isEqualTo(Neutral.neutral(expected.get(i)));
    }
  }

  /** Now and then what runs owe to each other is moved. */
  private void relayed(String when, BatchGame game, Storage memory, PostgresStorage postgres) {
    if (game.below(4) == 0) {
      Set<RunId> targets =
          new HashSet<>(
              Arrays.asList(game.one(game.runs()), game.one(game.runs()), game.one(game.runs())));
      relayed(when, targets, 1 + game.below(3), memory, postgres);
    }
  }

  /** In the end everything that is owed, and what those that go on send to all others. */
  private void relayedAll(int round, BatchGame game, Storage memory, PostgresStorage postgres) {
    for (int limit : List.of(1, 2, 100)) {
      for (RunId run : game.runs()) {
        memory.run(run).flatMap(game::sending).ifPresent(batch -> sent(batch, memory, postgres));
      }
      relayed("round " + round + ", end", Set.copyOf(game.runs()), limit, memory, postgres);
    }
    for (RunId run : game.runs()) {
      assertThat(postgres.owed(run, 10))
          .describedAs("round %s, owed by %s", round, run)
          .isEqualTo(memory.owed(run, 10));
    }
  }

  private static void sent(Batch batch, Storage memory, Storage postgres) {
    assertThat(Neutral.neutral(TestStore.append(postgres, batch)))
        .isEqualTo(Neutral.neutral(TestStore.append(memory, batch)));
  }

  /**
   * What waits for a run that another one follows on goes to that one: whether in the same call
   * nobody promises, so the two do not stand in one.
   */
  private void relayed(
      String when, Set<RunId> targets, int limit, Storage memory, PostgresStorage postgres) {
    Set<RunId> alone = new LinkedHashSet<>();
    Set<RunId> together = new LinkedHashSet<>();
    for (RunId target : targets) {
      boolean isFollowed = memory.run(target).map(RunRecord::continuedTo).isPresent();
      (isFollowed ? alone : together).add(target);
    }
    if (!together.isEmpty()) {
      moved(when, together, limit, memory, postgres);
    }
    alone.forEach(target -> moved(when, Set.of(target), limit, memory, postgres));
  }

  private void moved(
      String when, Set<RunId> targets, int limit, Storage memory, PostgresStorage postgres) {
    Set<Object> entered = relayed(memory.relay(targets, limit));
    long judged = postgres.appendCounts().judgedRelays();
    assertThat(relayed(postgres.relay(targets, limit)))
        .describedAs("%s, relays to %s", when, targets)
        .isEqualTo(entered);
    relaysJudged += postgres.appendCounts().judgedRelays() > judged ? 1 : 0;
    relaysQuick += postgres.appendCounts().judgedRelays() == judged && !entered.isEmpty() ? 1 : 0;
  }

  private static Set<Object> relayed(List<RunLog.Relayed> relayed) {
    return relayed.stream()
        .map(
            to ->
                (Object)
                    List.of(
                        to.run(), "" + to.owner(), to.taskQueue(), Neutral.neutral(to.events())))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static RunRecord found(Storage memory, Batch batch) {
    return batch.target() instanceof Target.OfRun target
        ? memory.run(target.run()).orElse(null)
        : null;
  }

  private static void sameViews(int round, RunId run, Storage memory, Storage postgres) {
    List<Event> log = postgres.history(run, 0, 10_000);
    String in = "round " + round + ", run " + run;
    assertThat(Neutral.neutral(log))
        .describedAs(in)
        .isEqualTo(Neutral.neutral(memory.history(run, 0, 10_000)));
    if (log.isEmpty()) {
      return;
    }
    RunFold fold = RunFold.of(log);
    RunRecord row = postgres.run(run).orElseThrow();
    assertThat(RunFold.factsOf(row)).describedAs(in).isEqualTo(fold.run().orElseThrow());
    RunRecord other = memory.run(run).orElseThrow();
    assertThat(List.of("" + row.owner(), row.epoch(), "" + row.dueAt()))
        .describedAs(in)
        .isEqualTo(List.of("" + other.owner(), other.epoch(), "" + other.dueAt()));
    assertThat(postgres.steps(run, PageRequest.oldestFirst()).items())
        .describedAs(in)
        .isEqualTo(List.copyOf(fold.steps().values()));
    assertThat(postgres.hooks(run, PageRequest.oldestFirst()).items())
        .describedAs(in)
        .isEqualTo(List.copyOf(fold.hooks().live().values()));
    assertThat(postgres.waits(run)).describedAs(in).isEqualTo(List.copyOf(fold.waits().values()));
    assertThat(postgres.states(run))
        .describedAs(in)
        .containsExactlyInAnyOrderElementsOf(fold.shown().states().values());
    assertThat(postgres.changes(run))
        .describedAs(in)
        .isEqualTo(List.copyOf(fold.shown().changes().values()));
    assertThat(postgres.updates(run, PageRequest.oldestFirst()).items())
        .describedAs(in)
        .isEqualTo(List.copyOf(fold.shown().updates().values()));
    for (Event event : log) {
      assertThat(postgres.event(run, event.id())).contains(event);
    }
    assertThat(
            postgres
                .runs(
                    having(Runs.of(row.workflow()).status(row.status()), row.attributes()),
                    PageRequest.newestFirst().withLimit(1000))
                .items()
                .stream()
                .map(RunRecord::id))
        .contains(run);
  }

  private static RunFilter having(RunFilter filter, Map<String, AttributeValue> attributes) {
    RunFilter all = filter;
    for (Map.Entry<String, AttributeValue> one : attributes.entrySet()) {
      all = all.where(new AttributeCondition.Is(one.getKey(), one.getValue()));
    }
    return all;
  }
}
