package dev.fantasticfour.world.core.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.config.RetentionPolicy;
import dev.fantasticfour.world.api.config.RetentionRule;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.export.HistoryWriter;
import dev.fantasticfour.world.core.engine.export.RunHistory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs that were kept for long enough go, by the workers and beside all else. */
final class RetentionTest extends ClusterScene {

  private static final Duration HOUR = Duration.ofHours(1);

  private static final RetentionPolicy TWO_HOURS =
      RetentionPolicy.of(new RetentionRule(HOUR.multipliedBy(2), null, null, null));

  private static WorldConfig config() {
    return WorldConfig.inMemory().withRetention(TWO_HOURS);
  }

  private List<RunId> ended(SimulatedNode node, int count) {
    List<RunId> runs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RunId run = cluster.startOn(node, "in");
      runs.add(run);
      cluster.passUntil(() -> cluster.run(run).status().isFinal(), LONG);
    }
    return runs;
  }

  @Test
  void whereNothingIsSetThereIsNeitherAStatementNorAThreadForIt() {
    SimulatedNode node = cluster.boot(oneStep(Duration.ZERO));
    List<RunId> runs = ended(node, 3);
    cluster.pass(Duration.ofDays(2));

    assertThat(node.storage().statements()).doesNotContainKey("retention");
    assertThat(runs).allMatch(cluster::isThere);
  }

  @Test
  void whatWasKeptForLongEnoughGoesAndNothingElse() {
    SimulatedNode node = cluster.boot(config(), oneStep(Duration.ZERO));
    List<RunId> old = ended(node, 300);
    cluster.pass(HOUR);
    List<RunId> young = ended(node, 3);
    cluster.passUntil(() -> old.stream().noneMatch(cluster::isThere), HOUR.multipliedBy(3));

    assertThat(young).allMatch(cluster::isThere);
    assertThat(cluster.retention().retention().deleted()).isEqualTo(300);
  }

  @Test
  void aPassHappensThoughProcessesLiveForAMinute() {
    SimulatedNode first = cluster.boot(config(), oneStep(Duration.ZERO));
    List<RunId> runs = ended(first, 3);
    first.kill();
    cluster.pass(HOUR.multipliedBy(3));
    int lives = 0;
    while (runs.stream().anyMatch(cluster::isThere)) {
      SimulatedNode next = cluster.boot(config(), oneStep(Duration.ZERO));
      cluster.pass(Duration.ofMinutes(1));
      next.kill();
      assertThat(++lives).isLessThan(60);
    }

    assertThat(cluster.retention().retention().lastPassAt()).isNotNull();
  }

  @Test
  void whatIsSetWhileWorkersRunHoldsAtOnceAndForRunsOfBefore() {
    SimulatedNode node = cluster.boot(oneStep(Duration.ZERO));
    List<RunId> runs = ended(node, 3);
    cluster.pass(HOUR.multipliedBy(3));
    cluster.retention().retain(RetentionPolicy.ALL, TWO_HOURS.of("w"));

    cluster.passUntil(() -> runs.stream().noneMatch(cluster::isThere), Duration.ofSeconds(10));
    cluster.retention().retain(RetentionPolicy.ALL, null);
    int before = node.storage().statements().get("retention");
    cluster.pass(Duration.ofDays(2));
    assertThat(node.storage().statements()).containsEntry("retention", before);
  }

  @Test
  void ofManyWorkersOneAtATimeDeletesSoThatEachRunGoesOnce() {
    SimulatedNode node = cluster.boot(config(), oneStep(Duration.ZERO));
    for (int i = 0; i < 3; i++) {
      var unused = cluster.boot(config(), oneStep(Duration.ZERO));
    }
    List<RunId> runs = ended(node, 500);
    cluster.pass(HOUR.multipliedBy(2).minusMinutes(1));
    cluster.passUntil(() -> runs.stream().noneMatch(cluster::isThere), HOUR.multipliedBy(3));

    assertThat(cluster.retention().retention().deleted()).isEqualTo(500);
  }

  @Test
  void aRunThatTheArchiveDoesNotTakeStaysAndGoesWhenItDoes() throws IOException {
    ShelfArchive shelf = ShelfArchive.fresh();
    shelf.isFull = true;
    SimulatedNode node =
        cluster.boot(config().withRetentionArchive(shelf.address()), oneStep(Duration.ZERO));
    List<RunId> runs = ended(node, 2);
    List<String> exported = new ArrayList<>();
    for (RunId run : runs) {
      StringBuilder lines = new StringBuilder();
      HistoryWriter.write(List.of(RunHistory.of(cluster.log(run))), lines);
      exported.add(lines.toString());
    }
    cluster.passUntil(
        () -> cluster.retention().retention().trouble() != null, HOUR.multipliedBy(5));

    assertThat(runs).allMatch(cluster::isThere);
    assertThat(cluster.retention().retention().trouble())
        .contains("run " + runs.getFirst() + " was not archived", "the shelf is full");

    shelf.isFull = false;
    cluster.passUntil(() -> runs.stream().noneMatch(cluster::isThere), LONG);
    cluster.passUntil(() -> cluster.retention().retention().trouble() == null, LONG);
    assertThat(shelf.kept()).containsExactlyInAnyOrderElementsOf(exported);
  }
}
