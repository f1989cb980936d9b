package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.StepCustody.Heartbeat;
import dev.fantasticfour.world.core.port.StepCustody.Holding;
import dev.fantasticfour.world.core.port.StepCustody.Progress;
import dev.fantasticfour.world.core.rules.StepHolding;
import dev.fantasticfour.world.core.rules.StepState;
import java.util.List;
import java.util.Optional;

/** How far queued steps have come. Every method here runs under the store's lock. */
final class MemorySteps {

  private final MemoryStore store;

  MemorySteps(MemoryStore store) {
    this.store = store;
  }

  List<Holding> heartbeat(List<Heartbeat> heartbeats) {
    return heartbeats.stream().map(this::heartbeat).toList();
  }

  private Holding heartbeat(Heartbeat said) {
    RunEntry run = store.find(said.run());
    if (run == null) {
      return Holding.OVER;
    }
    StepState step = StepState.of(run.fold.steps().get(said.stepId()));
    Holding holding = StepHolding.of(!run.fold.status().isFinal(), step, said.attempt());
    if (holding == Holding.HELD && said.progress() != null) {
      run.progress.put(said.stepId(), new Progress(said.attempt(), store.now(), said.progress()));
    }
    return holding;
  }

  Optional<Progress> progress(RunId id, String stepId) {
    RunEntry run = store.find(id);
    return Optional.ofNullable(run == null ? null : run.progress.get(stepId));
  }
}
