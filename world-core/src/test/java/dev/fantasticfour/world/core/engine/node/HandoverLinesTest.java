package dev.fantasticfour.world.core.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.core.engine.model.LogLines;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the log says when a worker loses its runs, or the store; in virtual time. */
class HandoverLinesTest {

  private static final Duration LONG = Duration.ofMinutes(2);

  private static final HookType<String> HOOK = HookType.of("hook", String.class);

  private final LogLines lines = new LogLines();
  private final Cluster cluster = new Cluster();

  @AfterEach
  void close() {
    cluster.close();
    lines.close();
  }

  private static Workflow<String, String> waiting() {
    return (context, input) -> context.hook(HOOK, "token").await();
  }

  @Test
  void aRunThatGoesToAnotherWorkerIsNoFailure() {
    SimulatedNode first = cluster.boot(waiting());
    SimulatedNode second = cluster.boot(waiting());
    cluster.pass(Duration.ofSeconds(15));
    cluster.weather().storeSlow(Duration.ofMillis(100));
    RunId run = cluster.startOn(first, "in");
    // Its hook is recorded by now, and it is on its way to say that it only waits.
    cluster.pass(Duration.ofMillis(250));
    first.cutOff(Duration.ofSeconds(30));
    cluster.weather().storeSlow(Duration.ZERO);
    cluster.passUntil(() -> Cluster.owns(second, cluster.run(run)), LONG);
    cluster.pass(Duration.ofSeconds(30));

    assertThat(lines.with("rescheduling 1 runs is repeated")).hasSize(1);
    assertThat(first.node().runs()).isZero();
    assertThat(lines.with("its turn failed")).isEmpty();
    assertThat(lines.all()).noneMatch(line -> line.startsWith("\tat "));
  }

  @Test
  void whoeverSaysThatTheStoreIsAwaySaysThatItIsBack() {
    SimulatedNode node = cluster.boot(waiting());
    cluster.weather().storeAway(Duration.ofSeconds(12));
    cluster.pass(Duration.ofSeconds(30));

    assertThat(lines.with("a heartbeat was not answered")).hasSize(1);
    assertThat(lines.with("a heartbeat works again")).hasSize(1);
    assertThat(lines.with("the sweep for due runs was not answered")).hasSize(1);
    assertThat(lines.with("the sweep for due runs works again")).hasSize(1);
    assertThat(node.isWell()).isTrue();
  }
}
