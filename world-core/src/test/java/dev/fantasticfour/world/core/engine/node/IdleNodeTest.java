package dev.fantasticfour.world.core.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.workflow.StepType;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a node costs that has nothing to do (design, section 8), counted. */
class IdleNodeTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int PARKED_THREADS = 200;

  private final Cluster cluster = new Cluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void anIdleNodeBeatsFourTimesALeaseAndSweepsOnceASecondAndThatIsAll() {
    SimulatedNode node = cluster.boot((context, input) -> input);
    SimulatedNode other = cluster.boot((context, input) -> input);
    cluster.pass(MINUTE);

    Map<String, Integer> asked = statementsOfAMinute(node);

    assertThat(asked.keySet()).containsExactly("beat", "due", "unwatched");
    assertThat(asked.get("unwatched")).isLessThanOrEqualTo(3);
    assertThat(asked.get("beat")).isBetween(23, 25);
    assertThat(asked.get("due")).isBetween(58, 62);
    assertThat(cluster.messages()).isZero();
    assertThat(other.isWell()).isTrue();
  }

  @Test
  void anIdleNodeStartsNoThread() {
    SimulatedNode node = cluster.boot((context, input) -> input);
    cluster.pass(MINUTE);
    int before = node.machine().starts();
    cluster.pass(MINUTE);
    assertThat(node.machine().starts()).isEqualTo(before);
  }

  @Test
  void judgingTheDeadIsPartOfTheHeartbeat() {
    SimulatedNode node = cluster.boot((context, input) -> input);
    SimulatedNode dying = cluster.boot((context, input) -> input);
    cluster.pass(MINUTE);
    dying.kill();

    Map<String, Integer> asked = statementsOfAMinute(node);

    assertThat(cluster.referee().declared()).isEqualTo(1);
    assertThat(asked.keySet()).containsExactly("beat", "due", "unwatched");
    assertThat(asked.get("unwatched")).isLessThanOrEqualTo(3);
    assertThat(asked.get("beat")).isBetween(23, 25);
  }

  @Test
  void tenThousandParkedRunsCostNeitherStatementsNorMessagesNorThreadsBeyondTheBound() {
    WorldConfig config = WorldConfig.inMemory().withMaxParkedThreads(PARKED_THREADS);
    SimulatedNode node =
        cluster.boot(
            config,
            (context, input) -> {
              context.sleep(Duration.ofDays(1));
              return input;
            });
    for (int i = 0; i < 10_000; i++) {
      var unused = cluster.startOn(node, "run " + i);
    }
    cluster.pass(MINUTE);
    int started = node.machine().starts();

    Map<String, Integer> asked = statementsOfAMinute(node);

    assertThat(asked.keySet()).containsExactly("beat", "due", "unwatched");
    assertThat(asked.get("unwatched")).isLessThanOrEqualTo(3);
    assertThat(asked.get("beat")).isBetween(23, 25);
    assertThat(asked.get("due")).isBetween(58, 62);
    assertThat(cluster.messages()).isZero();
    assertThat(node.machine().starts()).isEqualTo(started);
    assertThat(node.process().branches()).isLessThanOrEqualTo(PARKED_THREADS);
  }

  @Test
  void aThousandRunsThatWaitForAQueuedStepCostNoStatement() {
    assertThatWaitingCostsNothing(StepType.of("elsewhere", String.class, String.class).queued());
  }

  @Test
  void norDoTheyWhenTheirStepsHaveTimeLimits() {
    assertThatWaitingCostsNothing(
        StepType.of("elsewhere", String.class, String.class)
            .queued()
            .timeout(Duration.ofSeconds(10))
            .heartbeatTimeout(Duration.ofSeconds(1))
            .overallTimeout(Duration.ofHours(1)));
  }

  private void assertThatWaitingCostsNothing(StepType<String, String> elsewhere) {
    SimulatedNode node = cluster.boot((context, input) -> context.step(elsewhere, input));
    for (int i = 0; i < 1_000; i++) {
      var unused = cluster.startOn(node, "run " + i);
    }
    cluster.pass(MINUTE);
    int sent = cluster.messages();
    assertThat(sent).isEqualTo(1_000);

    Map<String, Integer> asked = statementsOfAMinute(node);

    assertThat(asked.keySet()).containsExactly("beat", "due", "unwatched");
    assertThat(cluster.messages()).isEqualTo(sent);
  }

  private Map<String, Integer> statementsOfAMinute(SimulatedNode node) {
    Map<String, Integer> before = new TreeMap<>(node.storage().statements());
    cluster.pass(MINUTE);
    Map<String, Integer> asked = new TreeMap<>(node.storage().statements());
    before.forEach((what, times) -> asked.merge(what, -times, Integer::sum));
    asked.values().removeIf(times -> times == 0);
    return asked;
  }
}
