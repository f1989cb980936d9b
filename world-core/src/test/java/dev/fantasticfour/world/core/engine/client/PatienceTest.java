package dev.fantasticfour.world.core.engine.client;

import static dev.fantasticfour.world.core.engine.client.ClientWorld.COUNT;
import static dev.fantasticfour.world.core.engine.client.ClientWorld.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.StallCause;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.port.forwarding.ForwardingStorage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What whoever has waited long enough is told. */
class PatienceTest extends ResultScene {

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

  /** What somebody is told who did not wait long enough. */
  private WorldException tooLate(String run) {
    WorldException over =
        catchThrowableOfType(
            WorldException.class, () -> world.client.run(COUNT, run).result(Duration.ofMillis(1)));
    assertThat(over.code()).isEqualTo(ErrorCode.TIMED_OUT);
    return over;
  }
}
