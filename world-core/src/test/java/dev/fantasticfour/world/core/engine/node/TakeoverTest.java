package dev.fantasticfour.world.core.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TakeoverTest {

  private static final int RUNS = 100;

  private final Cluster cluster = new Cluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void aHundredRunsThatAreTakenTogetherAreLoadedByFewStatements() {
    List<RunId> runs = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      runs.add(cluster.create(Cluster.TYPE.name()));
    }

    SimulatedNode node = cluster.boot((context, input) -> input);
    cluster.pass(Duration.ofSeconds(3));

    assertThat(runs)
        .allSatisfy(run -> assertThat(cluster.run(run).status()).isEqualTo(RunStatus.COMPLETED));
    assertThat(node.storage().statements().get("claim")).isLessThanOrEqualTo(4);
    assertThat(node.storage().statements()).doesNotContainKey("history");
  }
}
