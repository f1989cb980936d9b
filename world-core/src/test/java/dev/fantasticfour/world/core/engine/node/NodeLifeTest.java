package dev.fantasticfour.world.core.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.Workflow;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A node starts once and closes once, in time, and leaves nothing behind. */
class NodeLifeTest extends ClusterScene {

  @Test
  void aGracefulStopWaitsForBodiesRecordsThemAndHandsOverWithinASweep() {
    Workflow<String, String> twoSteps =
        (context, input) -> {
          for (int i = 0; i < 2; i++) {
            String unused =
                context.step(
                    "step",
                    String.class,
                    step -> {
                      bodies.incrementAndGet();
                      cluster.timeline().sleepInterruptibly(Duration.ofSeconds(3));
                      return "done";
                    });
          }
          return input;
        };
    SimulatedNode first = cluster.boot(twoSteps);
    SimulatedNode second = cluster.boot(twoSteps);
    RunId run = cluster.startOn(first, "in");
    AtomicReference<Long> closedAt = new AtomicReference<>();
    first.close(Duration.ofSeconds(10), () -> closedAt.set(cluster.timeline().now()));
    cluster.passUntil(() -> closedAt.get() != null, Duration.ofSeconds(5));

    Duration took =
        cluster.passUntil(() -> Cluster.owns(second, cluster.run(run)), Duration.ofSeconds(2));

    assertThat(took).isLessThanOrEqualTo(Duration.ofMillis(1_100));
    cluster.passUntil(() -> cluster.run(run).status().isFinal(), Duration.ofSeconds(5));
    assertThat(bodies).hasValue(2);
    assertThat(cluster.run(run).lostAttempts()).isZero();
  }

  @Test
  void closingReturnsAlthoughABodyIgnoresInterrupts() {
    SimulatedNode node =
        cluster.boot(
            (context, input) ->
                context.step(
                    "deaf",
                    String.class,
                    step -> {
                      cluster.timeline().sleep(Duration.ofHours(1));
                      return input;
                    }));
    RunId run = cluster.startOn(node, "in");
    AtomicReference<Long> closedAt = new AtomicReference<>();
    node.close(Duration.ofSeconds(3), () -> closedAt.set(cluster.timeline().now()));

    Duration took = cluster.passUntil(() -> closedAt.get() != null, Duration.ofMinutes(1));

    assertThat(took).isLessThan(Duration.ofSeconds(6));
    assertThat(cluster.run(run).owner()).isNull();
  }

  @Test
  void closingTakesNoLongerThanItsPatienceAndASecondWhateverHangs() {
    SimulatedNode node = cluster.boot(oneStep(Duration.ofHours(1)));
    var unused = cluster.startOn(node, "in");
    AtomicReference<Long> closedAt = new AtomicReference<>();
    cluster.weather().storeSlow(Duration.ofHours(1));
    node.close(Duration.ofSeconds(3), () -> closedAt.set(cluster.timeline().now()));

    Duration took = cluster.passUntil(() -> closedAt.get() != null, Duration.ofMinutes(1));

    assertThat(took).isLessThanOrEqualTo(Duration.ofMillis(4_100));
  }

  @Test
  void aNodeThatCannotRegisterSaysSoAndMayBeStartedAgain() {
    SimulatedNode node = cluster.made(WorldConfig.inMemory(), (context, input) -> input);
    cluster.weather().storeAway(Duration.ofSeconds(5));
    AtomicReference<Throwable> failure = new AtomicReference<>();
    on(
        node,
        () ->
            failure.set(org.assertj.core.api.Assertions.catchThrowable(() -> node.node().start())));
    cluster.pass(Duration.ofSeconds(6));
    assertThat(failure.get())
        .isInstanceOfSatisfying(
            WorldException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
        .hasMessageContaining("did not register it as a worker");

    on(node, () -> node.node().start());
    cluster.pass(Duration.ofSeconds(1));

    assertThat(node.node().custodian()).isNotNull();
  }

  @Test
  void startingAndClosingTwiceAtOnceIsOnce() {
    SimulatedNode node = cluster.made(WorldConfig.inMemory(), (context, input) -> input);
    for (int i = 0; i < 3; i++) {
      on(node, () -> node.node().start());
    }
    cluster.pass(Duration.ofSeconds(1));
    assertThat(node.storage().statements()).containsEntry("register", 1);
    AtomicInteger closed = new AtomicInteger();
    for (int i = 0; i < 3; i++) {
      on(
          node,
          () -> {
            node.node().close(Duration.ofSeconds(1));
            closed.incrementAndGet();
          });
    }
    cluster.pass(Duration.ofSeconds(5));

    assertThat(closed).hasValue(3);
    assertThat(node.storage().statements()).containsEntry("retire", 1);
  }

  @Test
  void aNodeThatIsClosedWhileItStartsLeavesNoWorkerBehind() {
    SimulatedNode node = cluster.made(WorldConfig.inMemory(), (context, input) -> input);
    cluster.weather().storeSlow(Duration.ofSeconds(2));
    AtomicReference<Throwable> failure = new AtomicReference<>();
    on(
        node,
        () ->
            failure.set(org.assertj.core.api.Assertions.catchThrowable(() -> node.node().start())));
    cluster.pass(Duration.ofSeconds(1));
    on(node, () -> node.node().close(Duration.ofSeconds(1)));
    cluster.pass(Duration.ofSeconds(10));

    assertThat(failure.get())
        .isInstanceOfSatisfying(
            WorldException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CLOSED));
    assertThat(node.storage().statements()).containsEntry("retire", 1).doesNotContainKey("beat");
  }
}
