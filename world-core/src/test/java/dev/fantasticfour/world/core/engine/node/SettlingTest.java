package dev.fantasticfour.world.core.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.StreamType;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SettlingTest {

  private static final StreamType<String> WORDS = StreamType.of("words", String.class);

  private final Cluster cluster = new Cluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void aRunThatHasEndedIsSettledOnceHoweverLongItsStreamsTake() {
    SimulatedNode node =
        cluster.boot(
            (context, input) ->
                context.step(
                    "write",
                    String.class,
                    step -> {
                      step.stream(WORDS).write(input);
                      cluster.weather().storeSlow(Duration.ofMillis(700));
                      return input;
                    }));
    RunId run = cluster.startOn(node, "a");
    cluster.passUntil(
        () -> cluster.run(run).status().isFinal() && cluster.run(run).owner() == null,
        Duration.ofSeconds(30));

    assertThat(node.storage().statements()).doesNotContainKey("claim");
  }
}
