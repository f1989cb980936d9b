package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.core.engine.program.OpenHooks;
import dev.fantasticfour.world.core.engine.retention.Retainer;
import dev.fantasticfour.world.core.engine.step.AttemptLog;
import dev.fantasticfour.world.core.engine.step.AttemptScopes;
import dev.fantasticfour.world.core.engine.step.BodyRunner;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.port.WorkerId;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What lives as long as its node and is shared by its tenures, one after the other. Parts of a
 * tenure are given what they need of it.
 *
 * @param registry the workflows and steps it can execute
 * @param bodies runs bodies, of inline and of queued steps
 * @param streams what bodies write to
 * @param openHooks of code that runs here
 * @param attemptLog says which attempts have failed
 * @param unregistered says which runs and steps nobody has code for
 * @param going threads of runs that were detached
 * @param ends who is told of ends
 * @param sweeps when is swept next
 * @param news who is told of what runs show and send
 * @param relays brings what they send to others
 * @param retainer deletes runs that were kept for long enough
 */
public record NodeParts(
    Environment environment,
    Registry registry,
    BodyRunner bodies,
    NodeStreams streams,
    OpenHooks openHooks,
    AttemptLog attemptLog,
    Unregistered unregistered,
    GoingThreads going,
    Ends ends,
    SweepTimes sweeps,
    News news,
    Relays relays,
    Retainer retainer) {

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
        Retaining.of(environment, custodian));
  }
}
