package dev.fantasticfour.world.core.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.StepRecord;
import dev.fantasticfour.world.api.run.StepStatus;
import dev.fantasticfour.world.core.engine.model.LogLines;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs and steps that a node is told of and cannot execute; in virtual time. */
class UnregisteredTest {

  private final LogLines lines = new LogLines();
  private final Cluster cluster = new Cluster();

  @AfterEach
  void close() {
    cluster.close();
    lines.close();
  }

  private int said() {
    return lines.with("is not registered in this process").size();
  }

  private void hear(SimulatedNode node, RunId run) {
    cluster.timeline().start(node.process(), "hearsay", () -> node.node().custodian().hearsay(run));
  }

  @Test
  void aRunThatNobodyTakesIsSpokenOfOnceAMinute() {
    SimulatedNode node = cluster.boot((context, input) -> input);
    RunId run = cluster.create("unknown");
    hear(node, run);
    hear(node, cluster.create("unknown"));
    cluster.pass(Duration.ofSeconds(9));
    assertThat(said()).isZero();
    cluster.pass(Duration.ofSeconds(2));
    assertThat(lines.with("workflow 'unknown'"))
        .singleElement()
        .asString()
        .contains("WARN", run.value(), "application 'default'");
    cluster.pass(Duration.ofMinutes(5));
    assertThat(said()).isEqualTo(6);
  }

  @Test
  void aRunThatNoMessageToldOfIsNoticedByTheSweepInTheStatementThatItMakesAnyway() {
    SimulatedNode node = cluster.boot((context, input) -> input);
    cluster.pass(Duration.ofMinutes(1));
    int asked = node.storage().statements().get("due");
    RunId run = cluster.create("unknown");
    RunId known = cluster.create("w");
    cluster.pass(Duration.ofMinutes(1));

    assertThat(lines.with("workflow 'unknown'"))
        .singleElement()
        .asString()
        .contains("WARN", run.value());
    assertThat(node.storage().statements().get("due") - asked).isBetween(58, 64);
    assertThat(cluster.run(run).epoch()).as("nobody has taken it").isZero();
    assertThat(cluster.run(known).status().isFinal()).isTrue();
  }

  @Test
  void aRunThatAnotherHasTakenIsNot() {
    SimulatedNode node = cluster.boot((context, input) -> input);
    RunId run = cluster.create("unknown");
    hear(node, run);
    cluster.pass(Duration.ofSeconds(5));
    cluster.append(run, new Fact.RunTerminated(null));
    cluster.pass(Duration.ofMinutes(5));

    assertThat(said()).isZero();
  }

  @Test
  void aQueuedStepThatNobodyTakesIsSpokenOfOnceAMinute() {
    SimulatedNode node = cluster.boot((context, input) -> input);
    RunId run = cluster.create("w");
    StepRecord step =
        new StepRecord(
            run,
            "step_1",
            "unknown step",
            "",
            StepStatus.PENDING,
            Payload.json("1"),
            null,
            null,
            null,
            0,
            0,
            0,
            Instant.EPOCH,
            Instant.EPOCH,
            null,
            null,
            null);
    for (int second = 0; second < 180; second++) {
      node.node().parts().unregistered().heard(step);
      cluster.pass(Duration.ofSeconds(1));
    }

    assertThat(lines.with("queued step 'unknown step'")).hasSize(3);
  }
}
