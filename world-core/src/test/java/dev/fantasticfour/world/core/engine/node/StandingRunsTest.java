package dev.fantasticfour.world.core.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.StallCause;
import dev.fantasticfour.world.api.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * What cannot go on stands, and is tried again: by other code at once, by the same less and less.
 */
class StandingRunsTest extends ClusterScene {

  private static Workflow<String, String> oneAndASleep() {
    return (context, input) -> {
      String one = context.step("one", String.class, step -> "1");
      context.sleep(Duration.ofSeconds(1));
      return one;
    };
  }

  /** A run whose history has a step "one". */
  private RunId withAStepOne() {
    SimulatedNode first = cluster.boot(oneAndASleep());
    RunId run = cluster.startOn(first, "in");
    cluster.passUntil(() -> cluster.run(run).lastPosition() > 2, Duration.ofSeconds(1));
    first.kill();
    return run;
  }

  /** Code that does not fit such a history. */
  private static Workflow<String, String> another(Runnable atEachTry) {
    return (context, input) -> {
      atEachTry.run();
      return context.step("another", String.class, step -> "2");
    };
  }

  private static WorldConfig build(String id) {
    return WorldConfig.inMemory().withBuildId(id);
  }

  @Test
  void aRunThatTheCodeOfABuildDoesNotFitIsLeftToOtherBuilds() {
    AtomicInteger tries = new AtomicInteger();
    RunId run = withAStepOne();
    var unused1 = cluster.boot(build("old"), another(tries::incrementAndGet));
    var unused2 = cluster.boot(build("old"), another(tries::incrementAndGet));
    cluster.passUntil(() -> cluster.run(run).stalledAt() != null, LONG);
    assertThat(cluster.run(run).stalledCause()).isEqualTo(StallCause.CODE);
    cluster.pass(Duration.ofMinutes(20));
    assertThat(tries).hasValue(1);

    var unused3 = cluster.boot(build("new"), oneAndASleep());
    cluster.passUntil(() -> cluster.run(run).status().isFinal(), Duration.ofSeconds(2));

    assertThat(cluster.run(run).status()).isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  void buildsWhoseCodeBothDoesNotFitTryARunLessAndLessOften() {
    List<Long> tries = new ArrayList<>();
    RunId run = withAStepOne();
    Workflow<String, String> another = another(() -> tries.add(cluster.timeline().now()));
    var unused1 = cluster.boot(build("one"), another);
    var unused2 = cluster.boot(build("two"), another);
    cluster.pass(Duration.ofHours(2));

    assertThat(cluster.run(run).stalledReason()).contains("'another'");
    assertPausesGrow(tries);
  }

  @Test
  void aWorkerThatRegistersTriesOnceWhatStandsWhateverItsBuild() {
    AtomicInteger tries = new AtomicInteger();
    RunId run = withAStepOne();
    Workflow<String, String> wrong = another(tries::incrementAndGet);
    var unused1 = cluster.boot(build("same"), wrong);
    cluster.passUntil(() -> cluster.run(run).stalledAt() != null, LONG);
    var unused2 = cluster.boot(build("same"), wrong);
    cluster.pass(Duration.ofMinutes(10));
    assertThat(tries).as("once by each").hasValue(2);

    var unused3 = cluster.boot(build("same"), oneAndASleep());
    cluster.passUntil(() -> cluster.run(run).status().isFinal(), Duration.ofSeconds(3));

    assertThat(cluster.run(run).status()).isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  void aWorkerThatRegistersTriesAllThatStandsThoughItHasPlacesForFewOnly() {
    List<RunId> runs = new ArrayList<>();
    AtomicReference<Boolean> broken = new AtomicReference<>(true);
    Workflow<String, String> workflow =
        (context, input) -> {
          if (broken.get()) {
            throw new LinkageError("a class is missing");
          }
          return context.step("one", String.class, step -> "1");
        };
    var unused1 = cluster.boot(workflow);
    for (int i = 0; i < 10; i++) {
      runs.add(cluster.create("w"));
    }
    cluster.pass(Duration.ofHours(1));
    assertThat(runs).allMatch(run -> cluster.run(run).stalledAt() != null);
    broken.set(false);
    var unused2 = cluster.boot(WorldConfig.inMemory().withMaxActiveRuns(2), workflow);

    cluster.passUntil(
        () -> runs.stream().allMatch(run -> cluster.run(run).status().isFinal()),
        Duration.ofSeconds(15));
  }

  @Test
  void whatAnErrorOfTheMachineHoldsUpIsTriedAgainByTheSameBuild() {
    List<Error> errors =
        new ArrayList<>(
            List.of(
                new OutOfMemoryError("Java heap space"),
                new NoClassDefFoundError("Order"),
                new StackOverflowError()));
    var unused =
        cluster.boot(
            (context, input) -> {
              if (!errors.isEmpty()) {
                throw errors.removeFirst();
              }
              return "went on";
            });
    RunId run = cluster.create("w");
    cluster.passUntil(() -> cluster.run(run).stalledAt() != null, Duration.ofSeconds(3));
    assertThat(cluster.run(run).stalledCause()).isEqualTo(StallCause.ERROR);
    assertThat(cluster.run(run).stalledReason()).contains("Java heap space");

    cluster.passUntil(() -> cluster.run(run).status().isFinal(), Duration.ofSeconds(30));

    assertThat(cluster.run(run).status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(errors).isEmpty();
  }

  @Test
  void aRefusalOfTheStoreThatPassesLetsNoRunStand() {
    AtomicInteger bodies = new AtomicInteger();
    SimulatedNode node =
        cluster.boot(
            (context, input) -> {
              for (int i = 0; i < 8; i++) {
                context.step("s", String.class, step -> "" + bodies.incrementAndGet());
                context.sleep(Duration.ofSeconds(1));
              }
              return "went on";
            });
    RunId here = cluster.startOn(node, "in");
    RunId waiting = cluster.create("w");
    cluster.pass(Duration.ofMillis(1_500));
    cluster.weather().storeRefuses(Duration.ofSeconds(5));
    cluster.passUntil(
        () -> cluster.run(here).status().isFinal() && cluster.run(waiting).status().isFinal(),
        Duration.ofSeconds(25));

    for (RunId run : List.of(here, waiting)) {
      assertThat(cluster.run(run).status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(cluster.run(run).stalledAt()).isNull();
    }
    assertThat(bodies).hasValue(16);
    assertThat(node.storage().statements()).doesNotContainKey("stall");
  }

  @Test
  void anErrorThatDoesNotPassIsTriedLessAndLessOften() {
    List<Long> tries = new ArrayList<>();
    var unused =
        cluster.boot(
            (context, input) -> {
              tries.add(cluster.timeline().now());
              throw new LinkageError("a class is missing");
            });
    RunId run = cluster.create("w");
    cluster.pass(Duration.ofHours(2));

    assertThat(cluster.run(run).stalledReason()).contains("a class is missing");
    assertPausesGrow(tries);
  }

  private static void assertPausesGrow(List<Long> tries) {
    assertThat(tries).hasSizeBetween(20, 35);
    assertThat(Duration.ofNanos(tries.get(1) - tries.get(0)))
        .isBetween(Duration.ofSeconds(5), Duration.ofMillis(6_200));
    assertThat(Duration.ofNanos(tries.getLast() - tries.get(tries.size() - 2)))
        .isBetween(Duration.ofMinutes(5), Duration.ofSeconds(302));
  }
}
