package dev.fantasticfour.world.core.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.StallCause;
import dev.fantasticfour.world.api.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Runs that kill their owners stand, and those beside them do not suffer. */
class DeadlyRunsTest extends ClusterScene {

  @Test
  void aRunWhoseOwnersDieOnItStandsAfterElevenLossesUntilSomebodyRetriesIt() {
    AtomicReference<Boolean> deadly = new AtomicReference<>(true);
    List<SimulatedNode> alive = new ArrayList<>();
    Workflow<String, String> killer =
        (context, input) ->
            context.step(
                "killer",
                String.class,
                step -> {
                  if (deadly.get()) {
                    alive.removeFirst().kill();
                    cluster.timeline().checkAlive();
                  }
                  return "survived";
                });
    RunId run = cluster.create("w");
    // The first death is none of those: it left run_started, by which the run had come further.
    for (int deaths = 0; deaths <= 11; deaths++) {
      alive.add(cluster.boot(killer));
      cluster.passUntil(alive::isEmpty, LONG);
      assertThat(cluster.run(run).stalledAt()).isNull();
    }
    alive.add(cluster.boot(killer));
    cluster.passUntil(() -> cluster.run(run).stalledAt() != null, LONG);

    assertThat(cluster.run(run).stalledCause()).isEqualTo(StallCause.WORKERS_LOST);
    assertThat(cluster.run(run).stalledReason()).startsWith("worker lost 11 times");
    assertThat(cluster.run(run).lostAttempts()).isEqualTo(11);
    cluster.pass(Duration.ofSeconds(4));
    assertThat(alive).as("not yet tried again").hasSize(1);
    cluster.passUntil(alive::isEmpty, Duration.ofSeconds(3));
    alive.add(cluster.boot(killer));
    cluster.passUntil(() -> cluster.run(run).lostAttempts() == 12, LONG);
    cluster.pass(Duration.ofSeconds(10));
    assertThat(cluster.run(run).stalledReason()).startsWith("worker lost 12 times");
    assertThat(alive).as("the pauses grow").hasSize(1);
    deadly.set(false);
    assertThat(cluster.nudge(run)).isTrue();
    cluster.passUntil(() -> cluster.run(run).status().isFinal(), Duration.ofSeconds(2));
  }

  @Test
  void aRunThatTakesItsTimeToKillItsOwnersStandsAllTheSame() {
    List<SimulatedNode> alive = new ArrayList<>();
    Workflow<String, String> killer =
        (context, input) ->
            context.step(
                "killer",
                String.class,
                step -> {
                  // For longer than a second: its beginning is recorded.
                  cluster.timeline().sleepInterruptibly(Duration.ofSeconds(3));
                  alive.removeFirst().kill();
                  cluster.timeline().checkAlive();
                  return "survived";
                });
    RunId run = cluster.create("w");
    for (int deaths = 0; deaths <= 11; deaths++) {
      alive.add(cluster.boot(killer));
      cluster.passUntil(alive::isEmpty, LONG);
    }
    alive.add(cluster.boot(killer));
    cluster.passUntil(() -> cluster.run(run).stalledAt() != null, LONG);

    assertThat(cluster.run(run).stalledReason()).startsWith("worker lost 11 times");
    assertThat(cluster.run(run).lastPosition())
        .as("created, started, the step's beginning once")
        .isEqualTo(3);
  }

  @Test
  void suspicionCostsTheGuiltyOneAndNotThoseThatRanBesideIt() {
    List<SimulatedNode> alive = new ArrayList<>();
    Workflow<String, String> workflow =
        (context, input) ->
            context.step(
                "body",
                String.class,
                step -> {
                  cluster.timeline().sleepInterruptibly(Duration.ofMillis(400));
                  if (input.equals("guilty")) {
                    alive.removeFirst().kill();
                    cluster.timeline().checkAlive();
                  }
                  cluster.timeline().sleepInterruptibly(Duration.ofMillis(550));
                  return input;
                });
    alive.add(cluster.boot(workflow));
    List<RunId> innocent = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      innocent.add(cluster.startOn(alive.getFirst(), "innocent"));
    }
    RunId guilty = cluster.startOn(alive.getFirst(), "guilty");
    // Whoever dies is replaced at once.
    long begun = cluster.timeline().now();
    while (innocent.stream().anyMatch(run -> !cluster.run(run).status().isFinal())
        && cluster.timeline().now() - begun < LONG.toNanos()) {
      if (alive.isEmpty()) {
        alive.add(cluster.boot(workflow));
      }
      cluster.pass(Duration.ofMillis(100));
    }

    // One after the other, a sweep each, they would take more than five.
    assertThat(Duration.ofNanos(cluster.timeline().now() - begun))
        .isLessThan(Duration.ofMinutes(4));
    assertThat(innocent)
        .allSatisfy(run -> assertThat(cluster.run(run).status()).isEqualTo(RunStatus.COMPLETED));
    assertThat(cluster.run(guilty).status()).isEqualTo(RunStatus.RUNNING);
  }
}
