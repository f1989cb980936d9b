package dev.fantasticfour.world.core.engine.client;

import static dev.fantasticfour.world.core.engine.client.ClientWorld.COUNT;
import static dev.fantasticfour.world.core.engine.client.ClientWorld.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.RunCancelledException;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.time.ScantMachine;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.rules.RunEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How whoever waits hears of an end, announced or not. */
class ResultWatchTest extends ResultScene {

  @Test
  void anEndInThisProcessIsPushed() throws Exception {
    RunId run = world.startOwned();
    CompletableFuture<Integer> result = world.client.run(COUNT, run.value()).resultAsync();
    assertThat(result).isNotDone();

    world.completes(run, "7");
    world.node.sawEnding(run);

    assertThat(result.get(20, TimeUnit.SECONDS)).isEqualTo(7);
  }

  @Test
  void anEndInAnotherProcessIsPushed() throws Exception {
    try (ClientWorld other = new ClientWorld(stores)) {
      RunId run = other.startOwned();
      CompletableFuture<Integer> result = world.client.run(COUNT, run.value()).resultAsync();

      other.completes(run, "7");
      other.node.sawEnding(run);

      assertThat(result.get(20, TimeUnit.SECONDS)).isEqualTo(7);
    }
  }

  @Test
  void aThousandWhoWaitAreServedByAFewReads() throws Exception {
    List<RunId> runs = new ArrayList<>();
    List<CompletableFuture<Integer>> results = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      world.node.freeSlots(1);
      Run<Integer> run = world.client.start(COUNT, "in");
      runs.add(new RunId(run.id()));
      results.add(run.resultAsync());
    }
    runs.forEach(run -> world.completes(run, "1"));
    world.storage.runReads.set(0);
    world.storage.endReads.set(0);

    // Whoever announces is not held up by the reads: most of them fold.
    runs.forEach(world.node::sawEnding);
    for (CompletableFuture<Integer> each : results) {
      assertThat(each.get(20, TimeUnit.SECONDS)).isEqualTo(1);
    }

    assertThat(world.storage.runReads).hasValue(0);
    assertThat(world.storage.endReads.get()).isLessThan(500);
  }

  @Test
  void whileTheChannelIsInterruptedOneReadCoversEverybody() throws Exception {
    try (ClientWorld lonely = silentWorld(ClientWorld.NO_NET)) {
      List<RunId> runs = List.of(lonely.startOwned(), lonely.startOwned(), lonely.startOwned());
      List<CompletableFuture<Integer>> results =
          runs.stream().map(run -> lonely.client.run(COUNT, run.value()).resultAsync()).toList();
      CompletableFuture<Integer> never =
          lonely.client.run(COUNT, lonely.startOwned().value()).resultAsync();
      while (lonely.storage.runReads.get() < 4) {
        Thread.onSpinWait();
      }
      runs.forEach(run -> lonely.completes(run, "7"));

      silent.interrupt(true);

      for (CompletableFuture<Integer> result : results) {
        assertThat(result.get(20, TimeUnit.SECONDS)).isEqualTo(7);
      }
      assertThat(lonely.storage.endReads).hasValueLessThan(runs.size());
      never.cancel(true);
    }
  }

  @Test
  void anEndThatNobodyAnnouncedIsFoundAfterAGap() throws Exception {
    try (ClientWorld lonely = silentWorld(ClientWorld.NO_NET)) {
      RunId run = lonely.startOwned();
      CompletableFuture<Integer> result = lonely.client.run(COUNT, run.value()).resultAsync();
      CompletableFuture<Integer> second = lonely.client.run(COUNT, run.value()).resultAsync();
      lonely.completes(run, "7");

      silent.gap("ended.app");

      assertThat(result.get(20, TimeUnit.SECONDS)).isEqualTo(7);
      assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo(7);
    }
  }

  @Test
  void anEndThatNobodyAnnouncedIsFoundByTheSafetyNet() throws Exception {
    try (ClientWorld lonely = silentWorld(Duration.ofMillis(20))) {
      RunId run = lonely.startOwned();
      CompletableFuture<Integer> result = lonely.client.run(COUNT, run.value()).resultAsync();
      lonely.completes(run, "7");

      assertThat(result.get(20, TimeUnit.SECONDS)).isEqualTo(7);
    }
  }

  @Test
  void aStreamerThatIsAwayIsAskedAgainLater() throws Exception {
    silent.goAway(true);
    try (ClientWorld lonely = silentWorld(Duration.ofMillis(20))) {
      RunId run = lonely.startOwned();
      CompletableFuture<Integer> result = lonely.client.run(COUNT, run.value()).resultAsync();
      assertThat(silent.channels()).isEmpty();

      silent.goAway(false);
      while (silent.channels().isEmpty()) {
        Thread.onSpinWait();
      }
      lonely.completes(run, "7");
      silent.gap("ended.app");
      assertThat(result.get(20, TimeUnit.SECONDS)).isEqualTo(7);
    }
  }

  @Test
  void aRunOfAnotherApplicationIsListenedForOnItsOwnChannel() throws Exception {
    try (ClientWorld lonely = silentWorld(ClientWorld.NO_NET)) {
      RunId run = lonely.ids.run();
      lonely.storage.append(List.of(Batches.creation(run, "elsewhere")));
      CompletableFuture<Payload> result = lonely.client.run(run.value()).resultAsync();

      while (!silent.channels().contains("ended.elsewhere")) {
        Thread.onSpinWait();
      }
      lonely.client.run(run.value()).terminate(null);
      silent.gap("ended.elsewhere");
      assertThat(catchThrowableOfType(ExecutionException.class, result::get))
          .hasCauseInstanceOf(RunCancelledException.class);
    }
  }

  @Test
  void aStoreThatIsAwayWhenAnEndIsAnnouncedIsAskedAgain() throws Exception {
    RunId run = world.startOwned();
    CompletableFuture<Integer> result = world.client.run(COUNT, run.value()).resultAsync();
    world.completes(run, "7");
    world.storage.failingEndReads.set(1);
    world.node.sawEnding(run);

    assertThat(result.get(20, TimeUnit.SECONDS)).isEqualTo(7);
  }

  @Test
  void anEndThatNobodyWasLeftToAnnounceIsFoundWithinSeconds() throws Exception {
    RunId run = world.startOwned();
    try (ResultWatch watch =
        new ResultWatch(new SystemMachine(), world.storage, silent, WorldConfig.inMemory())) {
      CompletableFuture<RunEnd> end = watch.of(run);
      world.completes(run, "42");

      assertThat(end.get(20, TimeUnit.SECONDS).run()).isEqualTo(run);
    }
  }

  @Test
  void aRunIsLookedAtLaterWhenNoThreadCanBeStartedForThat() throws Exception {
    RunId run = world.startOwned();
    world.completes(run, "42");
    ScantMachine machine = new ScantMachine();
    try (ResultWatch watch = new ResultWatch(machine, world.storage, silent, "app", LONG)) {
      assertThat(watch.of(run).get(20, TimeUnit.SECONDS).run()).isEqualTo(run);
      assertThat(machine.refused()).contains("world-result-first");
    }
  }

  @Test
  void whoeverGivesUpIsNotLookedForAnyMore() {
    try (ClientWorld lonely = silentWorld(ClientWorld.NO_NET)) {
      RunId run = lonely.startOwned();
      lonely.client.run(COUNT, run.value()).resultAsync().cancel(false);
      catchThrowableOfType(
          WorldException.class,
          () -> lonely.client.run(COUNT, run.value()).result(Duration.ofMillis(1)));
      lonely.completes(run, "1");

      lonely.node.sawEnding(run);

      assertThat(lonely.client.run(COUNT, run.value()).result(LONG)).isEqualTo(1);
      assertThat(lonely.storage.endReads).hasValue(0);
    }
  }
}
