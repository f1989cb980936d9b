package dev.fantasticfour.world.core.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.StepRecord;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who owns a run when nodes, or the store, go and come back. */
class OwnershipTest extends ClusterScene {

  private static final Duration LEASE = Duration.ofSeconds(10);

  /** A lease, a heartbeat and a sweep. */
  private static final Duration TAKEOVER = Duration.ofMillis(13_500);

  @Test
  void theRunsOfAKilledNodeAreTakenOverWithinALeaseAHeartbeatAndASweep() {
    SimulatedNode first = cluster.boot(oneStep(Duration.ofSeconds(30)));
    SimulatedNode second = cluster.boot(oneStep(Duration.ofSeconds(30)));
    cluster.pass(Duration.ofSeconds(15));
    RunId run = cluster.startOn(first, "in");
    first.kill();

    Duration took = cluster.passUntil(() -> Cluster.owns(second, cluster.run(run)), LONG);

    assertThat(took).isLessThanOrEqualTo(TAKEOVER);
    assertThat(cluster.run(run).epoch()).isEqualTo(2);
  }

  @Test
  void anOutageOfTheStoreCostsNobodyItsRuns() {
    SimulatedNode first = cluster.boot(oneStep(Duration.ofSeconds(40)));
    SimulatedNode second = cluster.boot(oneStep(Duration.ofSeconds(40)));
    cluster.pass(Duration.ofSeconds(15));
    RunId run = cluster.startOn(first, "in");
    cluster.weather().storeAway(LEASE.multipliedBy(3));
    cluster.pass(Duration.ofMinutes(2));

    assertThat(cluster.referee().declared()).isZero();
    assertThat(cluster.referee().claims(run)).isZero();
    assertThat(cluster.run(run).status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(bodies).hasValue(1);
    assertThat(second.isWell()).isTrue();
  }

  @Test
  void anOutageShorterThanALeaseJustAfterTheOthersHeartbeatCostsNobodyItsRuns() {
    SimulatedNode first = cluster.boot(oneStep(Duration.ofSeconds(1)));
    cluster.pass(Duration.ofMillis(2_400));
    SimulatedNode second = cluster.boot(oneStep(Duration.ofSeconds(1)));
    for (int tenths = 20; tenths < 120; tenths++) {
      cluster.pass(LEASE.multipliedBy(2).plusMillis(137));
      cluster.weather().storeAway(Duration.ofMillis(100L * tenths));
    }
    cluster.pass(LEASE);

    assertThat(cluster.referee().declared()).isZero();
    assertThat(first.isWell() && second.isWell()).isTrue();
  }

  @Test
  void whatIsDueIsTakenThoughTheStoreDoesNotSayWhatHasLostItsOwner() {
    SimulatedNode node = cluster.boot((context, input) -> "taken");
    node.storage().breakAt("unwatched");
    RunId run = cluster.create("w");

    cluster.passUntil(() -> cluster.run(run).status().isFinal(), Duration.ofSeconds(5));

    assertThat(node.storage().statements().get("unwatched")).isPositive();
  }

  @Test
  void aBodyThatWasKilledWithItsWorkerIsSeenAsALostAttemptAndCostsNoAppend() {
    SimulatedNode first = cluster.boot(oneStep(Duration.ofSeconds(5)));
    SimulatedNode second = cluster.boot(oneStep(Duration.ofSeconds(5)));
    cluster.pass(Duration.ofSeconds(15));
    RunId run = cluster.startOn(first, "in");
    cluster.pass(Duration.ofSeconds(2));
    first.kill();
    cluster.passUntil(() -> cluster.run(run).status().isFinal(), LONG);

    List<Event> log = second.storage().history(run, 0, 100);
    StepRecord step = second.storage().step(run, log.get(2).correlationId()).orElseThrow();
    assertThat(step.attempt()).isEqualTo(1);
    assertThat(step.failedAttempts()).isZero();
    assertThat(step.lostAttempts()).isEqualTo(1);
    assertThat(step.startedAt()).as("of the first").isBefore(step.completedAt().minusSeconds(10));
    assertThat(log)
        .extracting(event -> event.type().word())
        .containsExactly(
            "run_created",
            "run_started",
            "step_started",
            "step_started",
            "step_completed",
            "run_completed");
    assertThat(log.subList(3, 6))
        .as("said together with the outcome")
        .extracting(Event::batchId)
        .containsOnly(log.getLast().batchId());
  }

  @Test
  void aNodeThatWasStoppedForTooLongComesBackAsAnotherWorkerWithoutItsRuns() {
    SimulatedNode first = cluster.boot(oneStep(Duration.ofMinutes(10)));
    SimulatedNode second = cluster.boot(oneStep(Duration.ofMinutes(10)));
    cluster.pass(Duration.ofSeconds(15));
    RunId run = cluster.startOn(first, "in");
    String before = first.node().custodian().worker().value();
    first.pause(LEASE.multipliedBy(2));
    cluster.pass(LEASE.multipliedBy(3));

    assertThat(first.node().custodian().worker().value()).isNotEqualTo(before);
    assertThat(first.node().runs()).isZero();
    assertThat(first.process().branches()).as("threads of lost runs").isZero();
    assertThat(Cluster.owns(second, cluster.run(run))).isTrue();
    second.kill();
    cluster.passUntil(() -> Cluster.owns(first, cluster.run(run)), TAKEOVER.plus(LEASE));
  }

  @Test
  void applicationsThatShareAStoreAndTheNameOfAWorkflowLeaveEachOtherAlone() {
    var unused1 =
        cluster.boot(
            WorldConfig.inMemory().withApplication("bills"), (context, input) -> "by another");
    RunId run = cluster.create("w");
    cluster.pass(LONG);
    assertThat(cluster.run(run).epoch()).isZero();

    var unused2 = cluster.boot((context, input) -> "by its own");
    cluster.passUntil(() -> cluster.run(run).status().isFinal(), Duration.ofSeconds(2));

    assertThat(cluster.run(run).output()).isEqualTo(Payload.json("\"by its own\""));
  }
}
