package dev.fantasticfour.world.core.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a worker hears of a run, and what it does about it. */
class HearsayTest extends ClusterScene {

  @Test
  void aRunThatAWorkerHasHeardOfAndNobodyKnowsIsCancelledAllTheSame() {
    SimulatedNode stranger = cluster.boot((context, input) -> input);
    RunId run = cluster.create("unknown here");
    cluster.timeline().start(stranger.process(), "hearsay", () -> hear(stranger, run));
    cluster.pass(Duration.ofSeconds(1));
    assertThat(cluster.run(run).epoch()).isPositive();
    assertThat(cluster.run(run).owner()).isNull();

    cluster.append(run, new Fact.CancelRequested("enough"));
    cluster.timeline().start(stranger.process(), "hearsay", () -> hear(stranger, run));
    cluster.passUntil(() -> cluster.run(run).status().isFinal(), Duration.ofSeconds(1));

    assertThat(cluster.run(run).status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(cluster.run(run).reason()).isEqualTo("enough");
    assertThat(stranger.node().runs()).isZero();
  }

  @Test
  void aRunOfAnUnknownWorkflowIsGivenBackEvenIfTheStoreGoesAwayMeanwhile() {
    SimulatedNode stranger = cluster.boot((context, input) -> input);
    RunId run = cluster.create("unknown here");
    cluster.timeline().start(stranger.process(), "hearsay", () -> hear(stranger, run));
    cluster.weather().storeAway(Duration.ofSeconds(5));
    cluster.pass(Duration.ofSeconds(12));

    assertThat(cluster.run(run).owner()).isNull();
    assertThat(stranger.node().runs()).isZero();
  }

  private static void hear(SimulatedNode node, RunId run) {
    node.node().custodian().hearsay(run);
  }

  @Test
  void aWakeUpOfARunThatIsJustComingIsHeard() {
    SimulatedNode node =
        cluster.boot(
            (context, input) -> {
              context.sleep(Duration.ofHours(1));
              return input;
            });
    RunId run = cluster.startOn(node, "in");
    cluster.pass(Duration.ofSeconds(1));
    cluster.weather().storeSlow(Duration.ofMillis(100));
    // Evicted, so that the next one to speak of it has it loaded again.
    node.node().custodian().get(run).evict();
    cluster.pass(Duration.ofMillis(200));
    cluster.timeline().start(node.process(), "hearsay", () -> hear(node, run));
    cluster.pass(Duration.ofMillis(350));
    cluster.append(run, new Fact.CancelRequested("enough"));
    on(node, () -> node.node().custodian().nudge(run));

    Duration took =
        cluster.passUntil(() -> cluster.run(run).status().isFinal(), Duration.ofSeconds(5));

    assertThat(cluster.run(run).status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(took).isLessThan(Duration.ofSeconds(1));
    assertThat(cluster.run(run).epoch()).as("claimed once").isEqualTo(2);
  }
}
