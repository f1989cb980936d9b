package dev.fantasticfour.world.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.StallCause;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Stall;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who looks after a run, and how that changes. */
final class CustodyTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final WorkerId ONE = new WorkerId("wrkr_1");
  private static final WorkerId OTHER = new WorkerId("wrkr_2");

  private static Batch batch(Authority by, @Nullable WorkerId claim) {
    Draft draft = new Draft(null, NOON, new Fact.RunStarted(null));
    return new Batch("btch_1", new Target.OfRun(new RunId("run")), by, claim, List.of(draft));
  }

  private static Stall stall(StallCause cause, String reason) {
    return new Stall(cause, reason, MINUTE);
  }

  private static Standing standing(Custody custody) {
    return Objects.requireNonNull(custody.standing());
  }

  private static Custody stalled(boolean unseen) {
    return Custody.NEW
        .claimed(ONE, "build", 3)
        .stalled(NOON, stall(StallCause.CODE, "why"), "build", unseen);
  }

  @Test
  void everyClaimIsANewEpoch() {
    Custody once = Custody.NEW.claimed(ONE, "build", 1);
    Custody twice = once.claimed(ONE, "build", 1);

    assertThat(once.isHeldBy(ONE, 1)).isTrue();
    assertThat(twice.isHeldBy(ONE, 1)).isFalse();
    assertThat(twice.isHeldBy(ONE, 2)).isTrue();
    assertThat(twice.isHeldBy(OTHER, 2)).isFalse();
  }

  @Test
  void takingOverFromAnotherLosesAnAttemptUnlessTheLogHasGrown() {
    Custody taken =
        Custody.NEW.claimed(ONE, "build", 5).claimed(OTHER, "build", 5).claimed(ONE, "build", 5);

    assertThat(taken.lostAttempts()).isEqualTo(2);
    assertThat(taken.claimed(ONE, "build", 5).lostAttempts()).as("from itself").isEqualTo(2);
    assertThat(taken.unowned().claimed(OTHER, "build", 5).lostAttempts())
        .as("from nobody")
        .isEqualTo(2);
    assertThat(taken.claimed(OTHER, "build", 6).lostAttempts()).isZero();
    assertThat(taken.lostAttempts(5)).isEqualTo(2);
    assertThat(taken.lostAttempts(6)).isZero();
  }

  @Test
  void nowIsBeforeEveryTimeButHasNoDistance() {
    assertThat(Custody.NEW.dueAt()).isEqualTo(Custody.NOW);
    assertThat(Custody.NEW.dueIn(NOON)).isZero();
    assertThat(Custody.NEW.due(new Due.At(NOON.plusNanos(1_500))).dueAt())
        .isEqualTo(NOON.plusNanos(1_000));
    assertThat(Custody.NEW.due(new Due.At(NOON)).dueIn(NOON.plusSeconds(1))).hasSeconds(-1);
  }

  @Test
  void aRunThatStandsKeepsTheTimeOfItsFirstStall() {
    Custody again =
        stalled(false)
            .claimed(ONE, "build", 3)
            .stalled(NOON.plus(MINUTE), stall(StallCause.ERROR, "b"), "c", false);

    assertThat(again.standing())
        .isEqualTo(new Standing(NOON, NOON.plus(MINUTE), StallCause.ERROR, "b", null));
    assertThat(again.owner()).isNull();
    assertThat(again.dueAt()).isEqualTo(NOON.plus(MINUTE).plus(MINUTE));
  }

  @Test
  void whatARunWasNotToldOfHasItTriedAtOnceByEveryBuild() {
    assertThat(stalled(true).dueAt()).isEqualTo(Custody.NOW);
    assertThat(standing(stalled(true)).build()).isNull();
    assertThat(standing(stalled(false)).build()).isEqualTo("build");
  }

  @Test
  void onlyARunThatStandsBecauseOfItsCodeIsKeptFromItsBuild() {
    for (StallCause cause : StallCause.values()) {
      Custody custody =
          Custody.NEW.claimed(ONE, "build", 3).stalled(NOON, stall(cause, "why"), "build", false);

      assertThat(custody.isShownTo("build")).as("%s", cause).isEqualTo(cause != StallCause.CODE);
      assertThat(custody.isShownTo("another")).isTrue();
      assertThat(custody.dueAt()).isEqualTo(NOON.plus(MINUTE));
    }
  }

  @Test
  void aRetryForgetsLostAttemptsAndTheBuildButNotTheReason() {
    Custody retried = stalled(false).retried();

    assertThat(retried.dueAt()).isEqualTo(Custody.NOW);
    assertThat(standing(retried).build()).isNull();
    assertThat(standing(retried).reason()).isEqualTo("why");
    assertThat(retried.lostAttempts()).isZero();
  }

  @Test
  void anOwnersBatchEndsTheStandingAndSaysWhenTheRunIsDue() {
    Batch byOwner = batch(new Authority.Owner(ONE, 1, 3, Due.NEVER), null);

    Custody after = stalled(false).after(byOwner, true, false, 4);

    assertThat(after.standing()).isNull();
    assertThat(after.dueAt()).isNull();
    assertThat(stalled(false).after(byOwner, true, true, 4).dueAt()).isEqualTo(Custody.NOW);
  }

  @Test
  void whatOthersAppendMakesTheRunDueForEveryBuildButWhatChangesNothingDoesNot() {
    Batch byAnyone = batch(Authority.ANYONE, null);

    Custody after = stalled(false).after(byAnyone, true, false, 4);

    assertThat(after.dueAt()).isEqualTo(Custody.NOW);
    assertThat(standing(after).build()).isNull();
    assertThat(standing(after).reason()).isEqualTo("why");
    assertThat(stalled(false).after(byAnyone, false, false, 3)).isEqualTo(stalled(false));
  }

  @Test
  void aBatchThatCreatesMayClaimWhatItCreates() {
    Custody after = Custody.NEW.after(batch(Authority.ANYONE, ONE), true, false, 2);

    assertThat(after.isHeldBy(ONE, 1)).isTrue();
    assertThat(after.claimedPosition()).isEqualTo(2);
  }

  private static Custody pinned(Pin pin) {
    return Custody.NEW.repinned(pin, null);
  }

  @Test
  void aPinnedRunIsForItsBuildAsLongAsItIsOpen() {
    Custody pinned = pinned(Pin.to("a"));

    assertThat(pinned.isFor(ONE, "a", false, RunStatus.RUNNING)).isTrue();
    assertThat(pinned.isFor(ONE, "a", true, RunStatus.RUNNING)).as("drained").isTrue();
    assertThat(pinned.isFor(ONE, "b", false, RunStatus.RUNNING)).isFalse();
    assertThat(pinned.isFor(ONE, "b", true, RunStatus.COMPLETED)).isTrue();
  }

  @Test
  void aDrainedBuildHasWhatItOwns() {
    assertThat(Custody.NEW.isFor(ONE, "a", true, RunStatus.RUNNING)).isFalse();
    Custody owned = Custody.NEW.claimed(ONE, "a", 1);
    assertThat(owned.isFor(ONE, "a", true, RunStatus.RUNNING)).isTrue();
    assertThat(owned.isFor(OTHER, "a", true, RunStatus.RUNNING)).isFalse();
    assertThat(pinned(Pin.FIRST).isFor(ONE, "a", true, RunStatus.RUNNING)).isFalse();
  }

  @Test
  void theFirstClaimPinsARunThatIsToStayWithIt() {
    Custody claimed = pinned(Pin.FIRST).claimed(ONE, "a", 1);
    assertThat(claimed.pin()).isEqualTo(Pin.to("a"));
    assertThat(claimed.claimed(OTHER, "b", 1).pin()).isEqualTo(Pin.to("a"));
    assertThat(Custody.NEW.claimed(ONE, "a", 1).pin()).isEqualTo(Pin.AUTO);
    assertThat(claimed.due(Due.NEVER).settled(RunStatus.COMPLETED).pin()).isEqualTo(Pin.AUTO);
  }

  @Test
  void anOwnerOfAnotherBuildLosesARunThatIsPinnedOtherwise() {
    Custody owned = Custody.NEW.claimed(ONE, "a", 1).due(Due.NEVER);
    assertThat(owned.repinned(Pin.to("a"), "a").owner()).isEqualTo(ONE);
    assertThat(owned.repinned(Pin.AUTO, "a").owner()).isEqualTo(ONE);
    Custody moved = owned.repinned(Pin.to("b"), "a");
    assertThat(moved.owner()).isNull();
    assertThat(moved.dueAt()).as("it waits as it did").isNull();
    assertThat(moved.epoch()).isEqualTo(1);
    assertThat(stalled(false).repinned(Pin.to("b"), null).dueAt()).isEqualTo(Custody.NOW);
  }
}
