package dev.fantasticfour.world.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.api.run.StepStatus;
import dev.fantasticfour.world.api.run.WaitRecord;
import dev.fantasticfour.world.api.run.WaitStatus;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class RunFoldTest {

  private static final RunId RUN = new RunId("r");
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Site SITE = new Site("charge", "0.1", 2);
  private static final Payload PAYLOAD = Payload.json("1");
  private static final Payload ERROR = Payload.json("2");

  private final RunFold fold = new RunFold(RUN);
  private long position;

  RunFoldTest() {
    add(null, MatrixStates.created("key"));
  }

  private static Instant at(long position) {
    return START.plusSeconds(position);
  }

  private void add(String about, Fact fact) {
    add(about, Event.NOT_BY_OWNER, fact);
  }

  private void add(String about, long seen, Fact fact) {
    position++;
    Instant at = at(position);
    fold.apply(new Event(RUN, position, "e" + position, at, at, about, "b", seen, fact));
  }

  private RunRecord run() {
    return fold.run().orElseThrow();
  }

  private StepRecord step() {
    return fold.steps().get("s");
  }

  @Test
  void aRunIsBornPending() {
    assertThat(new RunFold(RUN).run()).isEmpty();
    assertThat(run().status()).isEqualTo(RunStatus.PENDING);
    assertThat(run().runKey()).isEqualTo("key");
    assertThat(run().createdAt()).isEqualTo(at(1));
    assertThat(run().updatedAt()).isEqualTo(at(1));
    assertThat(run().startedAt()).isNull();
    assertThat(run().completedAt()).isNull();
  }

  @Test
  void aRunThatCompletedHasItsOutput() {
    add(null, new Fact.RunStarted(null));
    add(null, new Fact.CancelRequested("please"));
    assertThat(run().status()).isEqualTo(RunStatus.RUNNING);
    assertThat(run().reason()).isNull();
    add(null, new Fact.RunCompleted(PAYLOAD));
    assertThat(run().status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(run().output()).isEqualTo(PAYLOAD);
    assertThat(run().error()).isNull();
    assertThat(run().startedAt()).isEqualTo(at(2));
    assertThat(run().completedAt()).isEqualTo(at(4));
    assertThat(run().updatedAt()).isEqualTo(at(4));
    assertThat(run().lastPosition()).isEqualTo(4);
  }

  @Test
  void aRunThatFailedHasItsErrorOnly() {
    add(null, new Fact.RunFailed(ERROR, "USER_ERROR"));
    assertThat(run().status()).isEqualTo(RunStatus.FAILED);
    assertThat(run().error()).isEqualTo(ERROR);
    assertThat(run().errorCode()).isEqualTo("USER_ERROR");
    assertThat(run().output()).isNull();
  }

  @Test
  void aStepGoesThroughItsAttempts() {
    add("s", new Fact.StepCreated(SITE, PAYLOAD));
    assertThat(step().status()).isEqualTo(StepStatus.PENDING);
    assertThat(step().attempt()).isZero();
    add("s", new Fact.StepStarted(null, 1, null));
    add("s", new Fact.StepRetrying(null, 1, ERROR, at(99)));
    assertThat(step().status()).isEqualTo(StepStatus.PENDING);
    assertThat(step().retryAfter()).isEqualTo(at(99));
    add("s", new Fact.StepStarted(null, 2, null));
    assertThat(step().retryAfter()).isNull();
    add("s", new Fact.StepCompleted(null, 2, at(50), PAYLOAD));
    assertThat(step())
        .isEqualTo(
            new StepRecord(
                RUN,
                "s",
                "charge",
                "0.1",
                StepStatus.COMPLETED,
                PAYLOAD,
                PAYLOAD,
                ERROR,
                null,
                2,
                1,
                0,
                at(2),
                at(6),
                at(3),
                at(6),
                null));
  }

  @Test
  void aFastStepIsOneEvent() {
    add("s", 0, new Fact.StepFailed(SITE, 4, at(1), ERROR, "FATAL"));
    assertThat(step())
        .isEqualTo(
            new StepRecord(
                RUN,
                "s",
                "charge",
                "0.1",
                StepStatus.FAILED,
                null,
                null,
                ERROR,
                "FATAL",
                4,
                1,
                0,
                at(2),
                at(2),
                at(1),
                at(2),
                null));
  }

  @Test
  void onlyTheNumberOfAnOwnerCounts() {
    add("s", new Fact.StepStarted(SITE, 99, null));
    assertThat(step().attempt()).isEqualTo(1);
    add("s", new Fact.StepRetrying(null, 99, ERROR, null));
    assertThat(step().attempt()).isEqualTo(1);
    add("s", 0, new Fact.StepStarted(null, 7, null));
    assertThat(step().attempt()).isEqualTo(7);
  }

  @Test
  void hooksAndWaitsLiveUntilTheRunEnds() {
    add("h", new Fact.HookCreated(SITE, "t", PAYLOAD, null));
    add("gone", new Fact.HookCreated(null, "t2", null, true));
    add("gone", new Fact.HookDisposed());
    add("taken", new Fact.HookConflict(SITE, "t3", "other"));
    add("w", new Fact.WaitCreated(SITE, at(9)));
    add("w", new Fact.WaitCompleted());
    assertThat(fold.hooks().live().values())
        .containsExactly(new HookRecord(RUN, "h", "charge", "t", PAYLOAD, null, at(2)));
    assertThat(fold.hooks().state("gone")).isEqualTo(HookState.DISPOSED);
    assertThat(fold.hooks().state("taken")).isEqualTo(HookState.CONFLICTED);
    assertThat(fold.hooks().state("never")).isEqualTo(HookState.NONE);
    assertThat(fold.waits().values())
        .containsExactly(
            new WaitRecord(RUN, "w", "charge", WaitStatus.COMPLETED, at(9), at(6), at(7)));
    add(null, new Fact.RunTerminated("enough"));
    assertThat(fold.hooks().live()).isEmpty();
    assertThat(fold.waits()).isEmpty();
    assertThat(run().reason()).isEqualTo("enough");
  }
}
