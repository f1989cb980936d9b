package dev.fantasticfour.world.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
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
        .claimed(ONE, 3)
        .stalled(NOON, stall(StallCause.CODE, "why"), "build", unseen);
  }

  @Test
  void everyClaimIsANewEpoch() {
    Custody once = Custody.NEW.claimed(ONE, 1);
    Custody twice = once.claimed(ONE, 1);

    assertThat(once.isHeldBy(ONE, 1)).isTrue();
    assertThat(twice.isHeldBy(ONE, 1)).isFalse();
    assertThat(twice.isHeldBy(ONE, 2)).isTrue();
    assertThat(twice.isHeldBy(OTHER, 2)).isFalse();
  }

  @Test
  void takingOverFromAnotherLosesAnAttemptUnlessTheLogHasGrown() {
    Custody taken = Custody.NEW.claimed(ONE, 5).claimed(OTHER, 5).claimed(ONE, 5);

    assertThat(taken.lostAttempts()).isEqualTo(2);
    assertThat(taken.claimed(ONE, 5).lostAttempts()).as("from itself").isEqualTo(2);
    assertThat(taken.unowned().claimed(OTHER, 5).lostAttempts()).as("from nobody").isEqualTo(2);
    assertThat(taken.claimed(OTHER, 6).lostAttempts()).isZero();
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
            .claimed(ONE, 3)
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
          Custody.NEW.claimed(ONE, 3).stalled(NOON, stall(cause, "why"), "build", false);

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
}
