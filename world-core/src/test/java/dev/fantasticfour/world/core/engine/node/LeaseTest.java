package dev.fantasticfour.world.core.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.core.engine.time.StoppedMachine;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LeaseTest {

  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final Duration PERIOD = Duration.ofMillis(2_500);

  private final StoppedMachine machine = new StoppedMachine();
  private final Lease lease = new Lease(machine, LEASE, machine.nanos());

  private void beat() {
    lease.renewed(machine.nanos());
  }

  private void beatFor(Duration time) {
    for (Duration passed = Duration.ZERO;
        passed.compareTo(time) < 0;
        passed = passed.plus(PERIOD)) {
      machine.pass(PERIOD);
      beat();
    }
  }

  @Test
  void itIsSafeUntilTwoSecondsBeforeItsEnd() {
    machine.pass(Duration.ofMillis(7_999));
    assertThat(lease.isSafe()).isTrue();
    machine.pass(Duration.ofMillis(1));
    assertThat(lease.isSafe()).isFalse();
  }

  @Test
  void itCountsFromTheSendingOfTheHeartbeatNotFromItsAnswer() {
    long sentAt = machine.nanos();
    machine.pass(Duration.ofSeconds(5));
    lease.renewed(sentAt);
    machine.pass(Duration.ofSeconds(3));
    assertThat(lease.isSafe()).isFalse();
  }

  @Test
  void aShortLeaseKeepsAFifthAsItsMargin() {
    Lease shortOne = new Lease(machine, Duration.ofSeconds(1), machine.nanos());
    machine.pass(Duration.ofMillis(799));
    assertThat(shortOne.isSafe()).isTrue();
    machine.pass(Duration.ofMillis(1));
    assertThat(shortOne.isSafe()).isFalse();
  }

  @Test
  void itIsNeverSafeAgainOnceItIsOver() {
    lease.end();
    beat();
    assertThat(lease.isSafe()).isFalse();
  }

  @Test
  void bodiesWaitUntilItIsRenewed() throws Exception {
    machine.pass(LEASE);
    CompletableFuture<Boolean> opened = waiting();
    beat();
    assertThat(opened.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void bodiesThatWaitAreTurnedAwayWhenItIsOver() throws Exception {
    machine.pass(LEASE);
    CompletableFuture<Boolean> opened = waiting();
    lease.end();
    assertThat(opened.get(10, TimeUnit.SECONDS)).isFalse();
  }

  private CompletableFuture<Boolean> waiting() {
    CompletableFuture<Boolean> opened = new CompletableFuture<>();
    var unused =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    opened.complete(lease.awaitOpen());
                  } catch (InterruptedException e) {
                    opened.completeExceptionally(e);
                  }
                });
    return opened;
  }

  @Test
  void aWorkerJudgesOnlyAfterAWholeLeaseOfHeartbeats() {
    beatFor(LEASE.minus(PERIOD));
    assertThat(lease.mayJudge()).isFalse();
    beatFor(PERIOD);
    assertThat(lease.mayJudge()).isTrue();
  }

  @Test
  void aMissedHeartbeatTakesTheRightToJudgeForAWholeLease() {
    beatFor(LEASE);
    lease.missed();
    assertThat(lease.mayJudge()).isFalse();
    beatFor(LEASE);
    assertThat(lease.mayJudge()).isFalse();
    beatFor(PERIOD);
    assertThat(lease.mayJudge()).isTrue();
  }

  @Test
  void aBreakThatNobodyNoticedDoesSo() {
    beatFor(LEASE);
    machine.pass(Duration.ofSeconds(4));
    assertThat(lease.mayJudge()).isFalse();
    beat();
    assertThat(lease.mayJudge()).isFalse();
    beatFor(LEASE);
    assertThat(lease.mayJudge()).isTrue();
  }

  @Test
  void aWorkerThatIsOverJudgesNobody() {
    beatFor(LEASE);
    lease.end();
    assertThat(lease.mayJudge()).isFalse();
  }
}
