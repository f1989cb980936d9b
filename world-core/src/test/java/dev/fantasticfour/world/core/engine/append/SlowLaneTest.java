package dev.fantasticfour.world.core.engine.append;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.append.RecordingStorage.Gate;
import dev.fantasticfour.world.core.engine.time.ScantMachine;
import dev.fantasticfour.world.core.port.AppendResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Whom the others do not wait for. */
class SlowLaneTest extends PumpScene {

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
  void aRunWhoseThreadCannotBeStartedWaitsUntilOneCan() throws Exception {
    ScantMachine machine = new ScantMachine();
    SlowLane slow = new SlowLane(storage, machine, new Repetition(machine, SOON), 4);
    PendingBatch a1 = new PendingBatch(batch("runA", "a1"));
    PendingBatch a2 = new PendingBatch(batch("runA", "a2"));
    slow.take(a1);
    assertThat(slow.takeBehind(a2)).isTrue();
    assertThat(slow.awaitEmpty(Duration.ZERO)).isFalse();

    machine.startRefused();

    answer(a2.answer());
    assertThat(slow.awaitEmpty(LONG)).isTrue();
    assertThat(storage.calls()).containsExactly(List.of("a1"), List.of("a2"));
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
  void aBatchThatNoStoreTakesFailsAlone() throws Exception {
    Gate gate = holdFirstAndNeverAccept("bad", ErrorCode.INVALID_ARGUMENT, "token too long");
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
  void whatNobodyExpectsIsAskedAgainBecauseTheBatchMayBeAppended() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    storage.answer(
        batches -> {
          switch (calls.getAndIncrement()) {
            case 0 -> throw new IllegalStateException("bug");
            case 1 -> throw new OutOfMemoryError("full");
            default -> {
              return RecordingStorage.accepted(batches);
            }
          }
        });

    assertThat(answer(pump.append(batch("run", "one")))).isInstanceOf(AppendResult.Appended.class);
    assertThat(storage.calls()).containsExactly(List.of("one"), List.of("one"), List.of("one"));
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
}
