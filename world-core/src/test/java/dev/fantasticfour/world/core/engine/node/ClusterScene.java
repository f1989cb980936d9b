package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.workflow.Workflow;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;

/** A few nodes in virtual time, and what the tests of them have in common. */
abstract class ClusterScene {

  static final Duration LONG = Duration.ofMinutes(30);

  final Cluster cluster = new Cluster();
  final AtomicInteger bodies = new AtomicInteger();

  @AfterEach
  void close() {
    cluster.close();
  }

  /** A workflow of one step that takes that long. */
  Workflow<String, String> oneStep(Duration time) {
    return (context, input) ->
        context.step(
            "only",
            String.class,
            step -> {
              bodies.incrementAndGet();
              cluster.timeline().sleepInterruptibly(time);
              return input;
            });
  }

  /** Has something done by a thread of the process of a node. */
  void on(SimulatedNode node, Runnable action) {
    cluster.timeline().start(node.process(), "test", action);
  }
}
