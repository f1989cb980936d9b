package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.core.engine.program.OpenHooks;
import dev.fantasticfour.world.core.engine.step.AttemptLog;
import dev.fantasticfour.world.core.engine.step.AttemptScopes;
import dev.fantasticfour.world.core.engine.step.BodyRunner;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.port.WorkerId;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts the parts of a node together. */
final class PartsOfNode {

  private PartsOfNode() {}

  /**
   * Those of a node.
   *
   * @param worker which worker it is at the moment, or null
   * @param custodian who looks after its runs at the moment, or null
   */
  static NodeParts of(
      Environment environment,
      Registry registry,
      Supplier<@Nullable WorkerId> worker,
      Supplier<@Nullable Custodian> custodian) {
    Ports ports = environment.ports();
    Machine machine = environment.machine();
    NodeStreams streams = new NodeStreams(environment, worker);
    BodyRunner bodies =
        new BodyRunner(
            ports.config().maxStepBodies(),
            new AttemptScopes(ports.observer(), machine::nanos, worker),
            streams.ofSteps(),
            machine,
            environment.clock(),
            environment.alarms());
    News news = new News();
    return new NodeParts(
        environment,
        registry,
        bodies,
        streams,
        new OpenHooks(),
        new AttemptLog(machine::nanos),
        new Unregistered(environment),
        new GoingThreads(environment.alarms(), environment.clock()),
        new Ends(),
        new SweepTimes(environment),
        news,
        new Relays(environment, news),
        Retaining.of(environment, custodian),
        new CensusTaker(environment));
  }
}
