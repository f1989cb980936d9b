package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.stream.StepStreams;
import dev.fantasticfour.world.core.engine.stream.StreamKeeper;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The streams that bodies of this node write to, kept by the store where it can keep them. */
final class NodeStreams {

  private final Environment environment;
  private final @Nullable StreamKeeper keeper;

  /**
   * @param worker who writes now, or null
   */
  NodeStreams(Environment environment, Supplier<@Nullable WorkerId> worker) {
    Ports ports = environment.ports();
    this.environment = environment;
    this.keeper =
        ports.storage().declined().contains(Capability.STREAM_ARCHIVE)
            ? null
            : new StreamKeeper(
                ports.storage(),
                ports.streamer(),
                environment.machine(),
                environment.alarms(),
                environment.clock(),
                ports.observer(),
                worker);
  }

  /** What bodies write to. */
  StepStreams ofSteps() {
    Ports ports = environment.ports();
    return keeper == null
        ? new StepStreams(environment.machine(), ports.streamer(), ports.codec())
        : StepStreams.kept(
            environment.machine(), ports.storage(), ports.streamer(), keeper, ports.codec());
  }

  /**
   * Ends all streams of a run that has ended, and sees that they are kept.
   *
   * @return whether it is done, or is to be done again soon
   */
  boolean end(RunId run, WorkerId by) {
    if (keeper != null) {
      return keeper.end(run, by);
    }
    environment.ports().streamer().endAll(run);
    return true;
  }

  /** Others were declared dead: what they wrote to streams last may be in the streamer alone. */
  void rescue(List<WorkerId> dead, WorkerId by) {
    if (keeper != null) {
      keeper.rescue(dead, by);
    }
  }

  /** What bodies have written last must not be taken for lost with the worker that retires. */
  void close(Duration patience) {
    if (keeper != null) {
      keeper.close(patience);
    }
  }
}
