package dev.fantasticfour.world.core.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.core.port.Versions.BuildUse.State;
import dev.fantasticfour.world.core.port.Versions.OpenRuns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Runs that stay with one build, and builds that take no others. */
class PinnedRunsTest extends ClusterScene {

  /** The builds that ran the steps of each run, in order. */
  private final Map<String, List<String>> builds = new TreeMap<>();

  private static WorldConfig build(String id) {
    return WorldConfig.inMemory().withBuildId(id);
  }

  /** A step, an hour, and a step. */
  private Workflow<String, String> asBuild(String id) {
    return (context, input) -> {
      String run = context.runId();
      for (String step : List.of("one", "two")) {
        context.step(step, String.class, s -> ran(run, id));
        context.sleep(Duration.ofHours(1));
      }
      return input;
    };
  }

  private String ran(String run, String build) {
    var unused = builds.computeIfAbsent(run, id -> new ArrayList<>()).add(build);
    return build;
  }

  private List<String> buildsOf(RunId run) {
    return builds.getOrDefault(run.value(), List.of());
  }

  private State stateOf(String build) {
    return cluster.versions().builds().stream()
        .filter(use -> use.build().equals(build))
        .findFirst()
        .orElseThrow()
        .state();
  }

  /** The first step is recorded. */
  private void passUntilItSleeps(RunId run) {
    cluster.passUntil(() -> cluster.run(run).lastPosition() > 3, Duration.ofSeconds(5));
    assertThat(buildsOf(run)).hasSize(1);
  }

  private void passUntilEnded(RunId run) {
    cluster.passUntil(() -> cluster.run(run).status().isFinal(), Duration.ofHours(3));
    assertThat(cluster.run(run).status()).isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  @DisplayName(
      "VER-9: only its build runs a pinned run; without it the run is missing, until it is pinned"
          + " otherwise")
  void onlyItsBuildRunsAPinnedRun() {
    SimulatedNode a = cluster.boot(build("a"), asBuild("a"));
    var unused = cluster.boot(build("b"), asBuild("b"));
    RunId run = cluster.create(Pin.to("a"));
    passUntilItSleeps(run);
    assertThat(stateOf("a")).isEqualTo(State.CURRENT);

    a.kill();
    cluster.passUntil(() -> stateOf("a") == State.MISSING, Duration.ofSeconds(60));
    cluster.pass(Duration.ofHours(2));
    assertThat(buildsOf(run)).containsExactly("a");
    assertThat(cluster.run(run).lostAttempts()).as("nobody has tried it").isZero();

    List<RunId> pinned = cluster.versions().open(new OpenRuns(null, "a"), null, 10);
    assertThat(cluster.versions().repin(pinned, Pin.to("b"))).containsExactly(run);
    passUntilEnded(run);
    assertThat(buildsOf(run)).containsExactly("a", "b");
  }

  @Test
  void aRunThatStaysWithItsFirstBuildWaitsForIt() {
    SimulatedNode a = cluster.boot(build("a"), asBuild("a"));
    RunId run = cluster.create(Pin.FIRST);
    passUntilItSleeps(run);
    assertThat(cluster.run(run).pin()).isEqualTo(Pin.to("a"));
    var unused = cluster.boot(build("b"), asBuild("b"));
    a.kill();
    cluster.pass(Duration.ofHours(2));
    assertThat(buildsOf(run)).containsExactly("a");

    var unusedToo = cluster.boot(build("a"), asBuild("a"));
    passUntilEnded(run);
    assertThat(buildsOf(run)).containsExactly("a", "a");
  }

  @Test
  void aLivingOwnerOfAnotherBuildLosesARunThatIsPinnedOtherwise() {
    SimulatedNode a = cluster.boot(build("a"), asBuild("a"));
    var unused = cluster.boot(build("b"), asBuild("b"));
    RunId run = cluster.create(Pin.to("a"));
    passUntilItSleeps(run);
    cluster.pass(Duration.ofMinutes(1));
    assertThat(a.node().parkedRuns()).isEqualTo(1);

    cluster.versions().repin(List.of(run), Pin.to("b"));
    passUntilEnded(run);
    assertThat(buildsOf(run)).containsExactly("a", "b");
    assertThat(a.node().runs()).as("what it no longer owns does not live there").isZero();
  }

  @Test
  void aDrainedBuildEndsWhatIsPinnedToItAndTakesNothingElse() {
    SimulatedNode a = cluster.boot(build("a"), asBuild("a"));
    RunId held = cluster.startOn(a, "in");
    RunId pinned = cluster.create(Pin.to("a"));
    cluster.versions().drain("a");
    cluster.pass(Duration.ofSeconds(3));
    RunId any = cluster.create(Cluster.TYPE.name());
    cluster.pass(Duration.ofMinutes(1));
    assertThat(buildsOf(any)).isEmpty();
    assertThat(stateOf("a")).isEqualTo(State.DRAINING);
    assertThat(a.node().reserve(Cluster.TYPE.name(), new RunId("wrun_not_here")))
        .as("nor is anything started there")
        .isEmpty();

    passUntilEnded(pinned);
    passUntilEnded(held);
    assertThat(stateOf("a")).isEqualTo(State.DRAINED);
    var unused = cluster.boot(build("b"), asBuild("b"));
    passUntilEnded(any);
    assertThat(buildsOf(any)).containsExactly("b", "b");
  }

  @Test
  @DisplayName("VER-11: what one build cannot go on with another ends, and it never fails")
  void whatOneBuildCannotGoOnWithAnotherEnds() {
    SimulatedNode a = cluster.boot(build("a"), asBuild("a"));
    RunId run = cluster.startOn(a, "in");
    passUntilItSleeps(run);
    a.kill();
    var unused =
        cluster.boot(
            build("b"), (context, input) -> context.step("three", String.class, step -> "3"));
    cluster.passUntil(() -> cluster.run(run).stalledAt() != null, Duration.ofHours(2));
    RunRecord standing = cluster.run(run);
    assertThat(standing.status()).isEqualTo(RunStatus.RUNNING);
    assertThat(standing.stalledReason()).contains("'three'");

    var unusedToo = cluster.boot(build("a"), asBuild("a"));
    passUntilEnded(run);
    assertThat(buildsOf(run)).containsExactly("a", "a");
  }
}
