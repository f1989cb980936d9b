package dev.fantasticfour.world.core.engine.client;

import static dev.fantasticfour.world.core.engine.client.ClientWorld.COUNT;
import static dev.fantasticfour.world.core.engine.client.ClientWorld.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.RunCancelledException;
import dev.fantasticfour.world.api.error.RunFailedException;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.StallCause;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.time.ScantMachine;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.memory.MemoryQueue;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import dev.fantasticfour.world.core.rules.RunEnd;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ResultTest {

  private final ClientWorld.Stores stores = new ClientWorld.Stores();
  private final SilentStreamer silent = new SilentStreamer();
  private final ClientWorld world = new ClientWorld(stores);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void theResultOfARunThatHasEndedIsThereAtOnce() {
    RunId run = world.startOwned();
    world.completes(run, "42");

    assertThat(world.client.run(COUNT, run.value()).result(LONG)).isEqualTo(42);
    assertThat(world.client.run(run.value()).result(LONG)).isEqualTo(Payload.json("42"));
  }

  @Test
  void aResultMayBeNull() {
    RunId run = world.startOwned();
    world.owner(run, Due.NEVER, null, new Fact.RunCompleted(null));

    assertThat(world.client.run(COUNT, run.value()).result(LONG)).isNull();
  }

  @Test
  void aFailureIsThrownWithWhatWasRecorded() {
    RunId run = world.startOwned();
    Payload error = new JacksonPayloadCodec().encodeFailure(new IllegalStateException("boom"));
    world.owner(run, Due.NEVER, null, new Fact.RunFailed(error, null));

    RunFailedException failed =
        catchThrowableOfType(
            RunFailedException.class, () -> world.client.run(COUNT, run.value()).result(LONG));

    assertThat(failed.runId()).isEqualTo(run.value());
    assertThat(failed.failure().toString()).isEqualTo("java.lang.IllegalStateException: boom");
  }

  @Test
  void aCancelledRunIsThrownAsOne() {
    Run<Integer> run = world.client.start(COUNT, "in");
    run.terminate("enough");

    assertThat(catchThrowableOfType(RunCancelledException.class, () -> run.result(LONG)))
        .hasMessageContaining("enough");
  }

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
  void patienceEnds() {
    Run<Integer> run = world.client.start(COUNT, "in");

    WorldException over =
        catchThrowableOfType(WorldException.class, () -> run.result(Duration.ofMillis(10)));

    assertThat(over.code()).isEqualTo(ErrorCode.TIMED_OUT);
    assertThat(over).hasMessageContaining(run.id());
  }

  @Test
  void anEndedRunAnswersWithoutAnyPatience() {
    RunId run = world.startOwned();
    world.completes(run, "42");

    assertThat(world.client.run(COUNT, run.value()).result(Duration.ZERO)).isEqualTo(42);
    assertThat(world.client.run(COUNT, run.value()).result(Duration.ofDays(-1))).isEqualTo(42);
  }

  @Test
  void anEndThatNobodyAnnouncedIsFoundWhenPatienceEnds() {
    try (ClientWorld lonely = silentWorld(ClientWorld.NO_NET)) {
      lonely.node.freeSlots(1);
      Run<Integer> run = lonely.client.start(COUNT, "in");
      lonely.completes(new RunId(run.id()), "7");

      assertThat(run.result(Duration.ofMillis(1))).isEqualTo(7);
    }
  }

  @Test
  void whoeverWaitedForAStandingRunIsToldWhyItStands() {
    RunId run = world.startOwned();
    world.stands(run, StallCause.CODE, "no code for it");

    assertThat(tooLate(run.value()))
        .hasMessageContaining("stands since")
        .hasMessageContaining("no code for it")
        .hasMessageNotContaining("goes on");
  }

  @Test
  void whoeverWaitedForARunThatNobodyTakesIsToldWhatItNeeds() {
    String run = world.client.start(COUNT, "in").id();

    assertThat(tooLate(run))
        .hasMessageContaining("no worker has taken it yet")
        .hasMessageContaining("World.start()")
        .hasMessageContaining("workflow 'count'");
    world.ahead = Duration.ofMinutes(1);
    assertThat(tooLate(run))
        .hasMessageContaining("no worker looks after it")
        .hasMessageContaining("app");
  }

  @Test
  void whoeverWaitedForASleepingRunIsToldHowLongItSleeps() {
    RunId run = world.startOwned();
    world.sleeps(run, "wait_1");

    assertThat(tooLate(run.value())).hasMessageContaining("waits until");
  }

  @Test
  void aStoreThatCannotSayWhatTheRunDoesIsNoTimeout() {
    Run<Integer> run = world.client.start(COUNT, "in");
    world.storage.failingRunReads.set(Integer.MAX_VALUE);

    WorldException unknown =
        catchThrowableOfType(WorldException.class, () -> run.result(Duration.ofMillis(1)));

    assertThat(unknown.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(unknown).hasMessageContaining(run.id()).hasMessageContaining("away");
  }

  @Test
  void aStoreThatDoesNotAnswerIsNotWaitedForForLong() {
    CompletableFuture<Void> never = new CompletableFuture<>();
    RunReads reads =
        new RunReads(
            new ForwardingStorage(world.storage) {
              @Override
              public Optional<RunRecord> run(RunId run) {
                never.join();
                return super.run(run);
              }
            },
            new JacksonPayloadCodec(),
            InstantSource.system(),
            1);

    WorldException unknown =
        catchThrowableOfType(
            WorldException.class,
            () ->
                new LastLook(new SystemMachine(), reads, Duration.ofMillis(1))
                    .of(new RunId("wrun_1"), LONG));

    assertThat(unknown.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    never.complete(null);
  }

  @Test
  void aResultIsWaitedForWhileTheStoreIsAway() throws Exception {
    try (ClientWorld lonely = silentWorld(ClientWorld.NO_NET)) {
      RunId run = lonely.startOwned();
      lonely.completes(run, "7");
      lonely.storage.failingRunReads.set(2);

      assertThat(lonely.client.run(COUNT, run.value()).resultAsync().get(20, TimeUnit.SECONDS))
          .isEqualTo(7);
      assertThat(lonely.storage.failingRunReads).hasValue(0);
    }
  }

  @Test
  void theWaitForAnUnknownRunEndsWhenTheStoreIsBack() {
    world.storage.failingRunReads.set(1);
    CompletableFuture<Integer> result = world.client.run(COUNT, "wrun_none").resultAsync();

    WorldException unknown =
        (WorldException)
            catchThrowableOfType(ExecutionException.class, () -> result.get(20, TimeUnit.SECONDS))
                .getCause();

    assertThat(unknown.code()).isEqualTo(ErrorCode.RUN_NOT_FOUND);
  }

  @Test
  void anUnknownRunIsNamed() {
    WorldException unknown =
        catchThrowableOfType(
            WorldException.class, () -> world.client.run(COUNT, "wrun_none").result(LONG));

    assertThat(unknown.code()).isEqualTo(ErrorCode.RUN_NOT_FOUND);
    assertThat(unknown).hasMessageContaining("wrun_none");
  }

  @Test
  void aRunOfAnotherWorkflowIsRefused() {
    RunId run = world.startOwned();
    world.completes(run, "42");
    WorkflowType<String, String> other = WorkflowType.of("other", String.class, String.class);

    assertThat(
            catchThrowableOfType(
                WorldException.class, () -> world.client.run(other, run.value()).result(LONG)))
        .hasMessageContaining("'count'")
        .hasMessageContaining("'other'");
  }

  @Test
  void closingFailsThoseWhoWaitAndThoseWhoCome() {
    Run<Integer> run = world.client.start(COUNT, "in");
    CompletableFuture<Integer> result = run.resultAsync();

    world.client.close();

    ExecutionException waiting = catchThrowableOfType(ExecutionException.class, result::get);
    WorldException late = catchThrowableOfType(WorldException.class, () -> run.result(LONG));
    assertThat(((WorldException) waiting.getCause()).code()).isEqualTo(ErrorCode.CLOSED);
    assertThat(late.code()).isEqualTo(ErrorCode.CLOSED);
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

  @Test
  void whatHangsOnAResultMayTakeItsTime() throws Exception {
    RunId slow = world.startOwned();
    RunId quick = world.startOwned();
    CompletableFuture<Void> gate = new CompletableFuture<>();
    CompletableFuture<Integer> held =
        world
            .client
            .run(COUNT, slow.value())
            .resultAsync()
            .thenApply(
                value -> {
                  gate.join();
                  return value;
                });
    CompletableFuture<Integer> result = world.client.run(COUNT, quick.value()).resultAsync();
    for (RunId each : List.of(slow, quick)) {
      world.completes(each, "1");
      world.node.sawEnding(each);
    }

    assertThat(result.get(20, TimeUnit.SECONDS)).isEqualTo(1);
    gate.complete(null);
    assertThat(held.get(20, TimeUnit.SECONDS)).isEqualTo(1);
  }

  /** What somebody is told who did not wait long enough. */
  private WorldException tooLate(String run) {
    WorldException over =
        catchThrowableOfType(
            WorldException.class, () -> world.client.run(COUNT, run).result(Duration.ofMillis(1)));
    assertThat(over.code()).isEqualTo(ErrorCode.TIMED_OUT);
    return over;
  }

  private ClientWorld silentWorld(Duration safetyNet) {
    return new ClientWorld(
        stores, new MemoryQueue(stores.queue(), Thread.ofVirtual().factory()), silent, safetyNet);
  }
}
