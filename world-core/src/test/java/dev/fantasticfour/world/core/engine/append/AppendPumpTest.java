package dev.fantasticfour.world.core.engine.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.append.RecordingStorage.Gate;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How batches are folded, and how a pump ends. */
class AppendPumpTest extends PumpScene {

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
}
