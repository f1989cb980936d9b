package dev.fantasticfour.world.core.memory;

import static dev.fantasticfour.world.core.memory.Scene.ANN;
import static dev.fantasticfour.world.core.memory.Scene.BOB;
import static dev.fantasticfour.world.core.memory.Scene.LEASE;
import static dev.fantasticfour.world.core.memory.Scene.accepted;
import static dev.fantasticfour.world.core.memory.Scene.completed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.StallCause;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.RunCustody.DueRun;
import dev.fantasticfour.world.core.port.Stall;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MemoryOwnershipTest {

  private final Scene scene = new Scene();

  @AfterEach
  void theLogIsLegalAndEveryViewIsItsFold() {
    scene.audit();
  }

  private void bob() {
    scene.storage.register(BOB, "build-1", LEASE);
  }

  /** Lets the lease of everybody but that worker run out. */
  private void outlive(WorkerId survivor) {
    scene.clock.advance(LEASE.plusSeconds(1));
    assertThat(scene.storage.beat(survivor, LEASE)).isPresent();
    scene.storage.markDead(survivor);
  }

  @Test
  void beatingEndsWithTheIncarnation() {
    bob();
    assertThat(scene.storage.beat(ANN, LEASE)).isEmpty();
    assertThat(scene.storage.register(ANN, "b", LEASE)).isEqualTo(scene.clock.instant());
    assertThat(scene.storage.beat(ANN, LEASE)).contains(scene.clock.instant());
    outlive(BOB);
    assertThat(scene.storage.beat(ANN, LEASE)).isEmpty();
    assertThatThrownBy(() -> scene.storage.register(ANN, "b", LEASE))
        .isInstanceOf(WorldException.class);
    scene.storage.retire(BOB);
    assertThat(scene.storage.beat(BOB, LEASE)).isEmpty();
  }

  @Test
  void aHeartbeatJudgesUnlessItWasHeldUp() {
    scene.storage.register(ANN, "b", LEASE);
    bob();
    scene.clock.advance(LEASE.plusSeconds(1));
    assertThat(scene.storage.beat(BOB, LEASE, true).orElseThrow().dead()).isEmpty();
    assertThat(scene.storage.beat(BOB, LEASE, false).orElseThrow().dead()).isEmpty();
    assertThat(scene.storage.beat(BOB, LEASE, true).orElseThrow().dead()).containsExactly(ANN);
    assertThat(scene.storage.beat(ANN, LEASE, true)).isEmpty();
  }

  @Test
  void onlyALivingWorkerDeclaresOthersDeadAndNeverItself() {
    scene.storage.register(ANN, "b", LEASE);
    scene.clock.advance(LEASE.plusSeconds(1));
    assertThat(scene.storage.markDead(ANN)).isEmpty();
    assertThat(scene.storage.markDead(BOB)).isEmpty();
    bob();
    assertThat(scene.storage.markDead(BOB)).containsExactly(ANN);
    assertThat(scene.storage.markDead(BOB)).isEmpty();
    assertThat(scene.storage.markDead(ANN)).isEmpty();
  }

  @Test
  void aRunOfALivingWorkerIsNeitherShownNorGivenToOthers() {
    RunId run = scene.owned("r");
    bob();
    assertThat(scene.due(ANN)).containsExactly(run);
    assertThat(scene.due(BOB)).isEmpty();
    assertThat(scene.storage.claim(BOB, Work.ofAll("app"), List.of(run, new RunId("unknown"))))
        .isEmpty();
    outlive(BOB);
    assertThat(scene.due(BOB)).containsExactly(run);
    RunRecord taken = scene.storage.claim(BOB, Work.ofAll("app"), List.of(run)).getFirst().run();
    assertThat(taken.owner()).isEqualTo(BOB.value());
    assertThat(taken.epoch()).isEqualTo(2);
    assertThat(taken.input()).isNotNull();
  }

  @Test
  void takingOverFromTheDeadCountsUntilTheLogGrows() {
    RunId run = scene.owned("r");
    assertThat(scene.get(run).lostAttempts()).isZero();
    for (int lost = 1; lost <= 3; lost++) {
      WorkerId next = new WorkerId("wrkr_" + lost);
      scene.storage.register(next, "b", LEASE);
      outlive(next);
      assertThat(
              scene
                  .storage
                  .claim(next, Work.ofAll("app"), List.of(run))
                  .getFirst()
                  .run()
                  .lostAttempts())
          .isEqualTo(lost);
    }
    WorkerId last = new WorkerId("wrkr_3");
    accepted(scene.owner(last, run, 4, 2, scene.about("w", scene.waiting())));
    scene.storage.reschedule(last, run, 4, Long.MAX_VALUE, Due.NOW);
    bob();
    outlive(BOB);
    assertThat(scene.storage.due(BOB, new Work("app", Set.of("order")), Duration.ZERO, 9))
        .extracting(DueRun::lostAttempts)
        .containsOnly(0);
    assertThat(
            scene
                .storage
                .claim(BOB, Work.ofAll("app"), List.of(run))
                .getFirst()
                .run()
                .lostAttempts())
        .isZero();
  }

  @Test
  void retakingItsOwnRunStartsAnEpochAndCountsNothing() {
    RunId run = scene.owned("r");
    RunRecord again = scene.storage.claim(ANN, Work.ofAll("app"), List.of(run)).getFirst().run();
    assertThat(again.epoch()).isEqualTo(2);
    assertThat(again.lostAttempts()).isZero();
  }

  @Test
  void aWorkerWhoseIncarnationIsOverGetsNothing() {
    RunId run = scene.owned("r");
    scene.storage.retire(ANN);
    assertThat(scene.due(ANN)).isEmpty();
    assertThat(scene.storage.claim(ANN, Work.ofAll("app"), List.of(run))).isEmpty();
  }

  @Test
  void retiringHandsOverAtOnceAndKeepsDueTimes() {
    RunId now = scene.owned("now");
    RunId never = scene.owned("never");
    RunId later = scene.owned("later");
    Instant time = scene.clock.instant().plusSeconds(60);
    scene.storage.reschedule(ANN, never, 1, Long.MAX_VALUE, Due.NEVER);
    scene.storage.reschedule(ANN, later, 1, Long.MAX_VALUE, new Due.At(time));
    scene.storage.retire(ANN);
    assertThat(scene.get(now).owner()).isNull();
    assertThat(scene.dueAt(now)).isEqualTo(Instant.MIN);
    assertThat(scene.dueAt(never)).isNull();
    assertThat(scene.dueAt(later)).isEqualTo(time);
    bob();
    assertThat(
            scene
                .storage
                .claim(BOB, Work.ofAll("app"), List.of(now))
                .getFirst()
                .run()
                .lostAttempts())
        .isZero();
  }

  @Test
  void dueRunsComeSoonestFirstAndOnlyOfGivenWorkflows() {
    bob();
    RunId second = scene.unclaimed("second");
    RunId first = scene.unclaimed("first");
    scene.storage.claim(BOB, Work.ofAll("app"), List.of(second));
    scene.storage.release(BOB, second, 1, new Due.At(scene.clock.instant().plusSeconds(1)));
    assertThat(scene.due(BOB)).containsExactly(first);
    assertThat(scene.storage.due(BOB, new Work("app", Set.of("order")), Duration.ofSeconds(2), 9))
        .extracting(DueRun::run, DueRun::in)
        .containsExactly(tuple(first, Duration.ZERO), tuple(second, Duration.ofSeconds(1)));
    assertThat(scene.storage.due(BOB, new Work("app", Set.of("order")), Duration.ofSeconds(2), 1))
        .hasSize(1);
    assertThat(scene.storage.due(BOB, new Work("app", Set.of("other")), Duration.ofSeconds(2), 9))
        .isEmpty();
  }

  @Test
  void releaseAndRescheduleNeedTheEpoch() {
    RunId run = scene.owned("r");
    scene.storage.release(ANN, run, 2, Due.NEVER);
    assertThat(scene.storage.reschedule(BOB, run, 1, Long.MAX_VALUE, Due.NEVER)).isFalse();
    scene.storage.stall(
        ANN, run, 2, Long.MAX_VALUE, new Stall(StallCause.CODE, "no", Duration.ZERO));
    assertThat(scene.dueAt(run)).isEqualTo(Instant.MIN);
    assertThat(scene.storage.reschedule(ANN, run, 1, Long.MAX_VALUE, Due.NEVER)).isTrue();
    assertThat(scene.dueAt(run)).isNull();
    scene.storage.release(ANN, run, 1, Due.NOW);
    assertThat(scene.get(run).owner()).isNull();
    assertThat(scene.get(run).epoch()).isEqualTo(1);
  }

  @Test
  void whateverOthersAppendMakesTheRunDueNow() {
    RunId run = scene.owned("r");
    scene.storage.reschedule(ANN, run, 1, Long.MAX_VALUE, Due.NEVER);
    accepted(scene.anyone(run, new Fact.CancelRequested(null)));
    assertThat(scene.dueAt(run)).isEqualTo(Instant.MIN);
  }

  @Test
  void aRunThatEndedIsLookedAfterUntilSomebodyIsDoneWithIt() {
    RunId byOwner = scene.owned("by-owner");
    accepted(scene.owner(ANN, byOwner, 1, 2, scene.drafts(completed())));
    assertThat(scene.due(ANN)).isEmpty();
    assertThat(scene.storage.claim(ANN, Work.ofAll("app"), List.of(byOwner))).isEmpty();

    RunId byOthers = scene.owned("by-others");
    accepted(scene.anyone(byOthers, new Fact.RunTerminated(null)));
    assertThat(scene.due(ANN)).containsExactly(byOthers);
    assertThat(scene.get(byOthers).owner()).isEqualTo(ANN.value());
    scene.storage.release(ANN, byOthers, 1, Due.NEVER);
    assertThat(scene.due(ANN)).isEmpty();
  }

  @Test
  void aStalledRunIsKeptFromItsBuildUntilSomethingIsAppended() {
    RunId run = scene.owned("r");
    bob();
    WorkerId fixed = new WorkerId("wrkr_fixed");
    scene.storage.register(fixed, "build-2", LEASE);
    Instant at = scene.clock.instant();
    scene.storage.stall(
        ANN,
        run,
        1,
        Long.MAX_VALUE,
        new Stall(StallCause.CODE, "the code changed", Duration.ofSeconds(5)));

    assertThat(scene.get(run).owner()).isNull();
    assertThat(scene.get(run).stalledAt()).isEqualTo(at);
    assertThat(scene.get(run).stalledReason()).isEqualTo("the code changed");
    assertThat(scene.due(fixed)).isEmpty();
    scene.clock.advance(Duration.ofSeconds(5));
    assertThat(scene.due(ANN)).isEmpty();
    assertThat(scene.due(BOB)).isEmpty();
    assertThat(scene.due(fixed)).containsExactly(run);

    accepted(scene.anyone(run, new Fact.CancelRequested(null)));
    assertThat(scene.due(ANN)).containsExactly(run);
    assertThat(scene.get(run).stalledAt()).isEqualTo(at);
  }

  @Test
  void severalStallsInARowKeepTheFirstTimeAndAnOwnersBatchEndsThem() {
    RunId run = scene.owned("r");
    Instant at = scene.clock.instant();
    scene.storage.stall(
        ANN, run, 1, Long.MAX_VALUE, new Stall(StallCause.CODE, "once", Duration.ZERO));
    scene.clock.advance(Duration.ofSeconds(3));
    scene.storage.claim(ANN, Work.ofAll("app"), List.of(run));
    scene.storage.stall(
        ANN, run, 2, Long.MAX_VALUE, new Stall(StallCause.CODE, "twice", Duration.ZERO));
    assertThat(scene.get(run).stalledAt()).isEqualTo(at);
    assertThat(scene.get(run).stalledReason()).isEqualTo("twice");
    scene.storage.claim(ANN, Work.ofAll("app"), List.of(run));
    accepted(scene.owner(ANN, run, 3, 2, scene.about("w", scene.waiting())));
    assertThat(scene.get(run).stalledAt()).isNull();
    assertThat(scene.get(run).stalledReason()).isNull();
  }

  @Test
  void peersShareOneStoreAndCloseAlone() {
    MemoryStorage peer = new MemoryStorage(scene.store);
    RunId run = scene.unclaimed("r");
    assertThat(peer.run(run)).isEqualTo(scene.storage.run(run));
    peer.close();
    peer.close();
    assertThatThrownBy(() -> peer.run(run)).isInstanceOf(WorldException.class);
    assertThat(scene.storage.run(run)).isPresent();
  }
}
