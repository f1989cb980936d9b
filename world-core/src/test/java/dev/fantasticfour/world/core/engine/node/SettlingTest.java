package dev.fantasticfour.world.core.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.StreamType;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The streams of a run end after it, and it is settled then. */
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

  @Test
  void theStreamsOfAnEndedRunAreEndedWhenTheyCanBeReached() {
    SimulatedNode node =
        cluster.boot(
            (context, input) -> {
              context.step(
                  "write",
                  String.class,
                  step -> {
                    step.stream(WORDS).write("a");
                    return input;
                  });
              context.sleep(Duration.ofHours(1));
              return input;
            });
    RunId run = cluster.startOn(node, "in");
    cluster.pass(Duration.ofSeconds(5));
    cluster.weather().streamsAway(Duration.ofMinutes(1));
    cluster.append(run, new Fact.RunTerminated(null));
    cluster.pass(Duration.ofSeconds(50));
    assertThat(cluster.run(run).dueAt()).isNotNull();
    int asked = node.storage().statements().get("claim");
    assertThat(asked).as("tries to settle it").isLessThan(15);
    cluster.pass(Duration.ofSeconds(20));

    assertThat(cluster.run(run).dueAt()).isNull();
  }
}
