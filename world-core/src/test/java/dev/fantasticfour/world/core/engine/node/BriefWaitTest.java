package dev.fantasticfour.world.core.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.Workflow;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long runs sleep that find no place to wait in; in virtual time. */
class BriefWaitTest {

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final WorldConfig NO_PLACE = WorldConfig.inMemory().withMaxParkedThreads(0);

  private final Cluster cluster = new Cluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  private static Workflow<String, String> sleeping(int times, Duration time) {
    return (context, input) -> {
      for (int i = 0; i < times; i++) {
        context.sleep(time);
      }
      return input;
    };
  }

  private Duration timeOf(RunId run) {
    return cluster.passUntil(() -> cluster.run(run).status().isFinal(), LONG);
  }

  @Test
  void aRunThatSleepsForAMomentKeepsItsThreads() {
    SimulatedNode node = cluster.boot(NO_PLACE, sleeping(10, Duration.ofMillis(5)));
    RunId run = cluster.startOn(node, "in");

    assertThat(timeOf(run)).isLessThan(Duration.ofMillis(200));
    assertThat(cluster.run(run).epoch()).as("never evicted").isEqualTo(1);
  }

  @Test
  void aRunThatIsEvictedGoesOnWhenItIsDueAndNotASweepLater() {
    SimulatedNode node = cluster.boot(NO_PLACE, sleeping(10, Duration.ofMillis(600)));
    RunId run = cluster.startOn(node, "in");

    assertThat(timeOf(run)).isBetween(Duration.ofMillis(6_000), Duration.ofMillis(6_800));
    assertThat(cluster.run(run).epoch()).as("evicted every time").isGreaterThan(9);
  }

  @Test
  void aRunThatSleepsForLongerIsSeenByTheSweepsAhead() {
    SimulatedNode node = cluster.boot(NO_PLACE, sleeping(3, Duration.ofSeconds(20)));
    RunId run = cluster.startOn(node, "in");

    assertThat(timeOf(run)).isBetween(Duration.ofSeconds(60), Duration.ofMillis(60_400));
  }

  @Test
  void aRunWithMoreBranchesThanThreadsMayWaitGoesOnWhenOneOfThemIsDue() {
    SimulatedNode node =
        cluster.boot(
            WorldConfig.inMemory().withMaxParkedThreads(3),
            (context, input) -> {
              try (var scope = context.scope()) {
                for (int i = 1; i <= 10; i++) {
                  Duration time = Duration.ofMillis(700L * i);
                  var unused =
                      scope.fork(
                          branch -> {
                            branch.sleep(time);
                            return input;
                          });
                }
                scope.join();
              }
              return input;
            });
    RunId run = cluster.startOn(node, "in");

    assertThat(timeOf(run)).isBetween(Duration.ofMillis(7_000), Duration.ofMillis(7_500));
  }

  @Test
  void thoseWhoWaitForAMomentAreNoMoreThanMayExecute() {
    SimulatedNode node =
        cluster.boot(NO_PLACE.withMaxActiveRuns(2), sleeping(1, Duration.ofMillis(200)));
    RunId first = cluster.startOn(node, "1");
    RunId second = cluster.startOn(node, "2");
    RunId third = cluster.startOn(node, "3");
    cluster.pass(Duration.ofMillis(50));

    assertThat(node.node().runs()).as("two wait, the third is evicted").isEqualTo(2);
    for (RunId run : new RunId[] {first, second, third}) {
      assertThat(timeOf(run)).isLessThan(Duration.ofSeconds(1));
    }
  }
}
