package dev.fantasticfour.world.core.engine.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.append.RecordingStorage.Gate;
import dev.fantasticfour.world.core.engine.time.Backoff;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.port.AppendResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the store does not answer, and who is given up. */
class RepeatedAppendsTest extends PumpScene {

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
  void aRefusalThatPassesIsNoFinalAnswerToAnyBatch() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    storage.answer(
        batches -> {
          if (calls.incrementAndGet() <= 12) {
            throw new WorldException(ErrorCode.INVALID_CONFIGURATION, "permission denied");
          }
          return RecordingStorage.accepted(batches);
        });
    List<CompletableFuture<AppendResult>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      answers.add(pump.append(batch("run" + i, "b" + i)));
    }

    for (CompletableFuture<AppendResult> each : answers) {
      assertThat(answer(each)).isInstanceOf(AppendResult.Appended.class);
    }
  }

  @Test
  void aCallerWhosePatienceIsOverLearnsWhatTheStoreRefuses() {
    storage.answer(
        batches -> {
          throw new WorldException(ErrorCode.INVALID_CONFIGURATION, "permission denied");
        });

    assertThatThrownBy(() -> pump.appendNow(batch("run", "b"), Duration.ofMillis(30)))
        .hasMessageContaining("permission denied");
  }

  @Test
  void aBatchThatTheStoreNeverAnswersDoesNotKeepTheOthersWaiting() throws Exception {
    Gate gate = holdFirstAndNeverAccept("too-much", ErrorCode.UNAVAILABLE, "statement timeout");
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
  void closingEndsRepetitions() {
    pump.close();
    pump =
        new AppendPump(
            storage,
            new SystemMachine(),
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
}
