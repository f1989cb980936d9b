package dev.fantasticfour.world.core.engine.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.append.RecordingStorage.Gate;
import dev.fantasticfour.world.core.engine.time.Backoff;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AppendPumpTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Backoff SOON = Backoff.between(Duration.ofNanos(1), Duration.ofMillis(1));

  private final RecordingStorage storage = new RecordingStorage();
  private AppendPump pump = pump(PumpLimits.DEFAULT.withLanes(1));

  @AfterEach
  void close() {
    pump.close();
  }

  @Test
  void whatGathersDuringACallGoesOutInOne() throws Exception {
    Gate gate = holdFirstCall();
    CompletableFuture<AppendResult> first = pump.append(batch("run0", "first"));
    gate.awaitReached();
    List<CompletableFuture<AppendResult>> others = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      others.add(pump.append(batch("run" + i, "b" + i)));
    }
    gate.open();

    assertThat(answer(first)).isInstanceOf(AppendResult.Appended.class);
    for (CompletableFuture<AppendResult> each : others) {
      assertThat(answer(each)).isInstanceOf(AppendResult.Appended.class);
    }
    assertThat(storage.calls()).hasSize(2);
  }

  @Test
  void manyThreadsNeedFarFewerCallsThanAppends() throws Exception {
    pump.close();
    pump = pump(PumpLimits.DEFAULT);
    storage.answer(
        batches -> {
          Thread.yield();
          return RecordingStorage.accepted(batches);
        });

    Gate gate = holdFirstCall();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<AppendResult>> results = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        Batch batch = batch("run" + i, "b" + i);
        results.add(threads.submit(() -> pump.appendNow(batch, LONG)));
      }
      gate.awaitReached();
      gate.open();
      for (Future<AppendResult> each : results) {
        assertThat(each.get()).isInstanceOf(AppendResult.Appended.class);
      }
    }
    assertThat(storage.calls().stream().mapToInt(List::size).sum()).isEqualTo(1_000);
    assertThat(storage.calls()).hasSizeLessThan(500);
  }

  @Test
  void theBatchesOfARunKeepTheirOrder() throws Exception {
    pump.close();
    pump = pump(PumpLimits.DEFAULT);
    List<CompletableFuture<AppendResult>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      for (int run = 0; run < 20; run++) {
        all.add(pump.append(batch("run" + run, "r" + run + "-" + i)));
      }
    }
    for (CompletableFuture<AppendResult> each : all) {
      answer(each);
    }

    List<String> ofOneRun =
        storage.calls().stream().flatMap(List::stream).filter(id -> id.startsWith("r7-")).toList();
    List<String> given = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      given.add("r7-" + i);
    }
    assertThat(ofOneRun).isEqualTo(given);
  }

  @Test
  void aCallHoldsNoMoreBatchesThanTheLimit() throws Exception {
    pump.close();
    pump = pump(new PumpLimits(1, 3, 1 << 20, 10, 1));
    Gate gate = holdFirstCall();
    pump.append(batch("run0", "first"));
    gate.awaitReached();
    List<CompletableFuture<AppendResult>> others = new ArrayList<>();
    for (int i = 1; i <= 7; i++) {
      others.add(pump.append(batch("run" + i, "b" + i)));
    }
    gate.open();
    for (CompletableFuture<AppendResult> each : others) {
      answer(each);
    }

    assertThat(storage.calls()).extracting(List::size).containsExactly(1, 3, 3, 1);
  }

  @Test
  void aCallHoldsNoMoreBytesThanTheLimitUnlessOneBatchDoesAlone() throws Exception {
    pump.close();
    pump = pump(new PumpLimits(1, 256, 10_000, 10, 1));
    Gate gate = holdFirstCall();
    pump.append(batch("run0", "first"));
    gate.awaitReached();
    List<CompletableFuture<AppendResult>> others =
        List.of(
            pump.append(batch("run1", "a", 6_000)),
            pump.append(batch("run2", "b", 6_000)),
            pump.append(batch("run3", "c", 50_000)),
            pump.append(batch("run4", "d", 100)));
    gate.open();
    for (CompletableFuture<AppendResult> each : others) {
      answer(each);
    }

    assertThat(storage.calls())
        .containsExactly(List.of("first"), List.of("a"), List.of("b"), List.of("c"), List.of("d"));
  }

  @Test
  void aLockedRunWaitsAloneAndItsLaterBatchesBehindIt() throws Exception {
    Gate first = new Gate();
    Gate locked = new Gate();
    storage.answer(
        batches -> {
          List<String> ids = RecordingStorage.ids(batches);
          if (ids.equals(List.of("first"))) {
            first.pass();
          }
          if (ids.equals(List.of("a1"))) {
            locked.pass();
          }
          return batches.stream()
              .map(
                  batch ->
                      batches.size() > 1 && RecordingStorage.run(batch).value().equals("runA")
                          ? new AppendResult.Busy()
                          : RecordingStorage.accepted(batch))
              .toList();
        });
    pump.append(batch("run0", "first"));
    first.awaitReached();
    CompletableFuture<AppendResult> a1 = pump.append(batch("runA", "a1"));
    CompletableFuture<AppendResult> b1 = pump.append(batch("runB", "b1"));
    CompletableFuture<AppendResult> a2 = pump.append(batch("runA", "a2"));
    first.open();
    answer(b1);
    locked.awaitReached();

    CompletableFuture<AppendResult> a3 = pump.append(batch("runA", "a3"));
    answer(pump.append(batch("runC", "c1")));
    assertThat(a1).isNotDone();
    locked.open();
    for (CompletableFuture<AppendResult> each : List.of(a1, a2, a3)) {
      assertThat(answer(each)).isInstanceOf(AppendResult.Appended.class);
    }

    assertThat(storage.calls())
        .containsSubsequence(List.of("a1"), List.of("a2"), List.of("a3"))
        .contains(List.of("a1", "b1", "a2"), List.of("c1"));
  }

  @Test
  void aRunThatWasLockedTravelsWithTheOthersAgain() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    storage.answer(
        batches ->
            calls.getAndIncrement() == 0
                ? List.of(new AppendResult.Busy())
                : RecordingStorage.accepted(batches));
    answer(pump.append(batch("runA", "a1")));

    Gate gate = holdNextCallOf("x");
    pump.append(batch("runX", "x"));
    gate.awaitReached();
    CompletableFuture<AppendResult> a2 = pump.append(batch("runA", "a2"));
    CompletableFuture<AppendResult> b = pump.append(batch("runB", "b"));
    gate.open();
    answer(a2);
    answer(b);

    assertThat(storage.calls()).contains(List.of("a2", "b"));
  }

  @Test
  void anUnansweredBatchIsRepeatedUnderItsIdUntilItIsAnswered() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    storage.answer(
        batches -> {
          if (calls.incrementAndGet() <= 5) {
            throw new WorldException(ErrorCode.UNAVAILABLE, "away");
          }
          return RecordingStorage.accepted(batches);
        });

    assertThat(answer(pump.append(batch("run", "b")))).isInstanceOf(AppendResult.Appended.class);
    assertThat(storage.calls()).hasSize(6).containsOnly(List.of("b"));
  }

  @Test
  void aBatchThatTheStoreNeverAnswersDoesNotKeepTheOthersWaiting() throws Exception {
    Gate gate = new Gate();
    storage.answer(
        batches -> {
          List<String> ids = RecordingStorage.ids(batches);
          if (ids.contains("first")) {
            gate.pass();
          }
          if (ids.contains("too-much")) {
            throw new WorldException(ErrorCode.UNAVAILABLE, "statement timeout");
          }
          return RecordingStorage.accepted(batches);
        });
    pump.append(batch("run0", "first"));
    gate.awaitReached();
    List<CompletableFuture<AppendResult>> innocent = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      innocent.add(pump.append(batch("run" + i, "before" + i)));
    }
    CompletableFuture<AppendResult> never = pump.append(batch("runX", "too-much"));
    for (int i = 21; i <= 40; i++) {
      innocent.add(pump.append(batch("run" + i, "after" + i)));
    }
    gate.open();

    for (CompletableFuture<AppendResult> each : innocent) {
      assertThat(answer(each)).isInstanceOf(AppendResult.Appended.class);
    }
    assertThat(never).isNotDone();
    never.cancel(false);
  }

  @Test
  void aBatchThatWaitedAloneForALockedRunDoesNotKeepTheOthersWaitingAgain() throws Exception {
    Gate gate = new Gate();
    AtomicInteger alone = new AtomicInteger();
    storage.answer(
        batches -> {
          if (batches.size() > 1) {
            return batches.stream()
                .map(
                    batch ->
                        batch.id().equals("locked")
                            ? new AppendResult.Busy()
                            : RecordingStorage.accepted(batch))
                .toList();
          }
          if (batches.getFirst().id().equals("locked") && alone.getAndIncrement() == 0) {
            gate.pass();
            throw new WorldException(ErrorCode.UNAVAILABLE, "the run stayed locked");
          }
          return RecordingStorage.accepted(batches);
        });
    CompletableFuture<AppendResult> locked = pump.append(batch("runA", "locked"));
    gate.awaitReached();
    CompletableFuture<AppendResult> other = pump.append(batch("runB", "other"));
    gate.open();
    answer(other);
    answer(locked);

    assertThat(storage.calls())
        .containsExactly(List.of("locked"), List.of("locked", "other"), List.of("locked"));
  }

  @Test
  void aCallerIsToldWhenItsPatienceIsOverAndItsBatchIsNotRepeatedAnyMore() throws Exception {
    storage.answer(
        batches -> {
          if (RecordingStorage.ids(batches).contains("impatient")) {
            throw new WorldException(ErrorCode.UNAVAILABLE, "away");
          }
          return RecordingStorage.accepted(batches);
        });

    WorldException failure =
        catchThrowableOfType(
            WorldException.class,
            () -> pump.appendNow(batch("run", "impatient"), Duration.ofMillis(30)));

    assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("impatient").hasRootCauseMessage("away");
    answer(pump.append(batch("run", "after")));
  }

  @Test
  void aBatchThatWasGivenUpIsNotRepeated() throws Exception {
    Gate gate = new Gate();
    AtomicInteger calls = new AtomicInteger();
    storage.answer(
        batches -> {
          if (calls.getAndIncrement() == 0) {
            gate.pass();
            throw new WorldException(ErrorCode.UNAVAILABLE, "away");
          }
          return RecordingStorage.accepted(batches);
        });
    CompletableFuture<AppendResult> given = pump.append(batch("run", "given-up"));
    gate.awaitReached();
    given.cancel(false);
    CompletableFuture<AppendResult> after = pump.append(batch("run", "after"));
    gate.open();
    answer(after);

    assertThat(storage.calls()).containsExactly(List.of("given-up"), List.of("after"));
  }

  @Test
  void aBatchThatNoStoreTakesFailsAlone() throws Exception {
    Gate gate = new Gate();
    storage.answer(
        batches -> {
          List<String> ids = RecordingStorage.ids(batches);
          if (ids.contains("first")) {
            gate.pass();
          }
          if (ids.contains("bad")) {
            throw new WorldException(ErrorCode.INVALID_ARGUMENT, "token too long");
          }
          return RecordingStorage.accepted(batches);
        });
    pump.append(batch("run0", "first"));
    gate.awaitReached();
    CompletableFuture<AppendResult> good = pump.append(batch("run1", "good"));
    CompletableFuture<AppendResult> bad = pump.append(batch("run2", "bad"));
    CompletableFuture<AppendResult> fine = pump.append(batch("run3", "fine"));
    gate.open();

    assertThat(answer(good)).isInstanceOf(AppendResult.Appended.class);
    assertThat(answer(fine)).isInstanceOf(AppendResult.Appended.class);
    assertThat(failure(bad).code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }

  @Test
  void anAdapterThatBreaksItsPromiseFailsTheBatchAndNotTheLane() throws Exception {
    storage.answer(
        batches -> {
          throw new IllegalStateException("bug");
        });
    assertThat(failure(pump.append(batch("run", "thrown"))).code())
        .isEqualTo(ErrorCode.CONTRACT_VIOLATION);

    storage.answer(batches -> List.of());
    assertThat(failure(pump.append(batch("run", "unanswered"))).code())
        .isEqualTo(ErrorCode.CONTRACT_VIOLATION);

    storage.answer(RecordingStorage::accepted);
    answer(pump.append(batch("run", "fine")));
  }

  @Test
  void closingFinishesWhatIsInFlightAndFailsTheRest() throws Exception {
    Gate gate = holdFirstCall();
    CompletableFuture<AppendResult> inFlight = pump.append(batch("run0", "in-flight"));
    gate.awaitReached();
    CompletableFuture<AppendResult> waiting = pump.append(batch("run1", "waiting"));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> closing = threads.submit(() -> pump.close());
      // Closing has begun when it takes nothing any more.
      while (!pump.append(batch("run2", "late")).isCompletedExceptionally()) {
        Thread.onSpinWait();
      }
      gate.open();
      closing.get();
    }

    assertThat(answer(inFlight)).isInstanceOf(AppendResult.Appended.class);
    assertThat(failure(waiting).code()).isEqualTo(ErrorCode.CLOSED);
    assertThat(failure(pump.append(batch("run", "after"))).code()).isEqualTo(ErrorCode.CLOSED);
  }

  @Test
  void closingEndsRepetitions() {
    pump.close();
    pump =
        new AppendPump(
            storage,
            PumpLimits.DEFAULT,
            Backoff.between(Duration.ofMinutes(5), Duration.ofMinutes(5)));
    Gate asked = new Gate();
    asked.open();
    storage.answer(
        batches -> {
          asked.pass();
          throw new WorldException(ErrorCode.UNAVAILABLE, "away");
        });
    CompletableFuture<AppendResult> unanswered = pump.append(batch("run", "b"));
    asked.awaitReached();
    pump.close();

    WorldException failure = failure(unanswered);
    assertThat(failure.code()).isEqualTo(ErrorCode.CLOSED);
    assertThat(failure).hasMessageContaining("may or may not");
  }

  @Test
  void waitingForAnAppendInsideTheAnswerToAnotherIsRefused() throws Exception {
    Gate gate = holdFirstCall();
    CompletableFuture<AppendResult> dependent =
        pump.append(batch("run", "b1"))
            .thenApply(result -> pump.appendNow(batch("run", "b2"), LONG));
    gate.open();

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> dependent.get(20, TimeUnit.SECONDS))
        .withCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void callersBeyondTheLimitWaitForRoom() throws Exception {
    pump.close();
    pump = pump(new PumpLimits(1, 256, 1 << 20, 1, 1));
    Gate gate = holdFirstCall();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<AppendResult> first = threads.submit(() -> pump.appendNow(batch("run", "b1"), LONG));
      gate.awaitReached();
      WorldException refused =
          catchThrowableOfType(
              WorldException.class, () -> pump.appendNow(batch("run", "b2"), Duration.ZERO));
      gate.open();
      first.get();

      assertThat(refused.code()).isEqualTo(ErrorCode.THROTTLED);
    }
    assertThat(storage.calls()).containsExactly(List.of("b1"));
  }

  private AppendPump pump(PumpLimits limits) {
    return new AppendPump(storage, limits, SOON);
  }

  private Gate holdFirstCall() {
    Gate gate = new Gate();
    AtomicInteger calls = new AtomicInteger();
    storage.answer(
        batches -> {
          if (calls.getAndIncrement() == 0) {
            gate.pass();
          }
          return RecordingStorage.accepted(batches);
        });
    return gate;
  }

  private Gate holdNextCallOf(String id) {
    Gate gate = new Gate();
    storage.answer(
        batches -> {
          if (RecordingStorage.ids(batches).contains(id)) {
            gate.pass();
          }
          return RecordingStorage.accepted(batches);
        });
    return gate;
  }

  private static AppendResult answer(CompletableFuture<AppendResult> future) throws Exception {
    return future.get(20, TimeUnit.SECONDS);
  }

  private static WorldException failure(CompletableFuture<AppendResult> future) {
    ExecutionException thrown =
        catchThrowableOfType(ExecutionException.class, () -> future.get(20, TimeUnit.SECONDS));
    return (WorldException) thrown.getCause();
  }

  private static Batch batch(String run, String id) {
    return batch(run, id, 10);
  }

  private static Batch batch(String run, String id, int bytes) {
    return new Batch(
        id,
        new Target.OfRun(new RunId(run)),
        Authority.ANYONE,
        null,
        List.of(
            new Draft(
                "hook_1", Instant.EPOCH, new Fact.HookReceived(Payload.binary(new byte[bytes])))));
  }
}
