package dev.fantasticfour.world.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.StallCause;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.RunCustody;
import dev.fantasticfour.world.core.port.RunCustody.DueRun;
import dev.fantasticfour.world.core.port.Stall;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CustodyIT {

  private static final Duration LEASE = Duration.ofSeconds(10);

  @Test
  void aSilentWorkerIsDeclaredDeadAndItsRunsAreTakenOver() {
    try (TestStore store = new TestStore()) {
      WorkerId silent = store.worker("b");
      WorkerId other = store.worker("b");
      RunId run = store.owned(silent, "f");
      assertThat(store.storage.markDead(other)).isEmpty();
      assertThat(store.storage.claim(other, Work.ofAll("queue"), List.of(run))).isEmpty();
      assertThat(store.storage.due(other, new Work("queue", Set.of("f")), Duration.ZERO, 10))
          .isEmpty();

      store.offset = LEASE.plusSeconds(1);
      assertThat(store.storage.beat(other, LEASE)).isPresent();
      assertThat(store.storage.markDead(other)).containsExactly(silent);
      assertThat(store.storage.markDead(other)).isEmpty();
      assertThat(store.storage.beat(silent, LEASE)).isEmpty();
      assertThatThrownBy(() -> store.storage.register(silent, "b", LEASE))
          .isInstanceOfSatisfying(
              WorldException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
      assertThat(store.storage.claim(silent, Work.ofAll("queue"), List.of(run))).isEmpty();

      assertThat(store.storage.due(other, new Work("queue", Set.of("f")), Duration.ZERO, 10))
          .containsExactly(new DueRun(run, "f", Duration.ZERO, silent, 0));
      RunRecord taken =
          store.storage.claim(other, Work.ofAll("queue"), List.of(run)).getFirst().run();
      assertThat(taken.epoch()).isEqualTo(2);
      assertThat(taken.lostAttempts()).isEqualTo(1);
      assertThat(
              store.append(
                  TestStore.owner(
                      run, silent, 1, 2, TestStore.about("w", new Fact.WaitCompleted()))))
          .isEqualTo(new AppendResult.Fenced(2, other));
    }
  }

  @Test
  void aHeartbeatJudgesInTheSameStatementUnlessItWasHeldUp() {
    try (TestStore store = new TestStore()) {
      WorkerId first = store.worker("b");
      WorkerId second = store.worker("b");
      WorkerId judge = store.worker("b");
      store.offset = LEASE.plusSeconds(1);
      assertThat(store.storage.beat(judge, LEASE, true).orElseThrow().dead()).isEmpty();
      assertThat(store.storage.beat(judge, LEASE, false).orElseThrow().dead()).isEmpty();
      assertThat(store.storage.beat(judge, LEASE, true).orElseThrow().dead())
          .containsExactlyInAnyOrder(first, second);
      assertThat(store.storage.beat(judge, LEASE, true).orElseThrow().dead()).isEmpty();
      assertThat(store.storage.beat(first, LEASE, true)).isEmpty();
    }
  }

  @Test
  void theRowsOfAHundredKilledWorkersGoWhenOthersRegister() throws Exception {
    try (TestStore store = new TestStore()) {
      for (int i = 0; i < 100; i++) {
        store.worker("b");
      }
      store.offset = LEASE.plusSeconds(1);
      WorkerId judge = store.worker("b");
      assertThat(store.storage.markDead(judge)).hasSize(100);
      assertThat(store.sql("SELECT count(*) FROM workflow_workers")).containsExactly("101");
      store.offset = LEASE.plus(RunCustody.REMEMBERED_FOR).plusMinutes(1);
      store.worker("b");
      assertThat(store.sql("SELECT count(*) FROM workflow_workers")).containsExactly("2");
    }
  }

  @Test
  void aStalledRunIsShownToOtherBuildsUntilSomethingIsAppended() {
    try (TestStore store = new TestStore()) {
      WorkerId a = store.worker("old");
      WorkerId b = store.worker("new");
      RunId run = store.owned(a, "f");
      store.storage.stall(
          a,
          run,
          1,
          Long.MAX_VALUE,
          new Stall(StallCause.CODE, "odd\0reason", Duration.ofSeconds(5)));
      RunRecord stalled = store.storage.run(run).orElseThrow();
      assertThat(stalled.owner()).isNull();
      assertThat(stalled.stalledReason()).isEqualTo("odd\uFFFDreason");
      assertThat(stalled.stalledAt()).isNotNull();
      assertThat(store.storage.due(a, new Work("queue", Set.of("f")), Duration.ofSeconds(6), 10))
          .isEmpty();
      assertThat(store.storage.due(b, new Work("queue", Set.of("f")), Duration.ZERO, 10)).isEmpty();
      assertThat(store.storage.due(b, new Work("queue", Set.of("f")), Duration.ofSeconds(6), 10))
          .hasSize(1);
      store.accepted(
          TestStore.anyone(run, new Draft(null, Instant.now(), new Fact.CancelRequested(null))));
      assertThat(store.storage.due(a, new Work("queue", Set.of("f")), Duration.ZERO, 10))
          .hasSize(1);
      assertThat(store.storage.run(run).orElseThrow().stalledAt()).isNotNull();
      assertThat(store.storage.nudge(run)).isTrue();
    }
  }

  @Test
  void aRetiredWorkerLeavesItsRunsAtOnce() {
    try (TestStore store = new TestStore()) {
      WorkerId a = store.worker("b");
      WorkerId b = store.worker("b");
      RunId due = store.owned(a, "f");
      RunId parked = store.owned(a, "f");
      RunId timed = store.owned(a, "f");
      assertThat(store.storage.reschedule(a, parked, 1, Long.MAX_VALUE, Due.NEVER)).isTrue();
      assertThat(
              store.storage.reschedule(
                  a, timed, 1, Long.MAX_VALUE, new Due.At(Instant.now().plus(Duration.ofDays(1)))))
          .isTrue();
      assertThat(store.storage.reschedule(b, parked, 1, Long.MAX_VALUE, Due.NOW)).isFalse();
      store.storage.retire(a);
      assertThat(store.storage.due(b, new Work("queue", Set.of("f")), Duration.ZERO, 10))
          .extracting(DueRun::run)
          .containsExactly(due);
      assertThat(store.storage.run(timed).orElseThrow().owner()).isNull();
      assertThat(store.storage.run(timed).orElseThrow().dueAt()).isAfter(Instant.now());
      assertThat(store.storage.run(parked).orElseThrow().owner()).isNull();
      assertThat(
              store
                  .storage
                  .claim(b, Work.ofAll("queue"), List.of(due))
                  .getFirst()
                  .run()
                  .lostAttempts())
          .isZero();
    }
  }
}
