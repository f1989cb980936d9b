package dev.fantasticfour.world.core.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.HookType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReschedulesTest {

  private static final int RUNS = 50;

  private final Cluster cluster = new Cluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void runsThatParkTogetherAreRescheduledTogether() {
    HookType<String> hook = HookType.of("hook", String.class);
    SimulatedNode node =
        cluster.boot((context, input) -> context.hook(hook, "token-" + input).await());
    cluster.weather().storeSlow(Duration.ofMillis(10));

    List<RunId> runs = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      runs.add(cluster.startOn(node, String.valueOf(i)));
    }
    cluster.pass(Duration.ofSeconds(5));

    assertThat(runs).allSatisfy(run -> assertThat(cluster.run(run).dueAt()).isNull());
    assertThat(node.storage().statements().get("reschedule")).isLessThan(RUNS / 4);
  }
}
