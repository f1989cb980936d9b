package com.example.h2;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.StepCustody.Heartbeat;
import dev.fantasticfour.world.core.port.StepCustody.Holding;
import dev.fantasticfour.world.core.port.StepCustody.Progress;
import dev.fantasticfour.world.core.rules.StepHolding;
import dev.fantasticfour.world.core.rules.StepState;
import java.time.Instant;
import java.util.Optional;

/** How far queued steps have come, within one transaction. */
record Heartbeats(Tables tables) {

  Holding heartbeat(Heartbeat said) {
    Log log = tables.log(said.run());
    boolean goesOn = !log.events().isEmpty() && !log.fold().status().isFinal();
    StepState step = StepState.of(log.fold().steps().get(said.stepId()));
    Holding holding = StepHolding.of(goesOn, step, said.attempt());
    if (holding == Holding.HELD && said.progress() != null) {
      tables
          .handle()
          .execute(
              "merge into progress key (run_id, step_id) values (?, ?, ?, ?, ?)",
              said.run(),
              said.stepId(),
              said.attempt(),
              tables.now(),
              said.progress());
    }
    return holding;
  }

  Optional<Progress> progress(RunId run, String stepId) {
    return tables
        .handle()
        .select("select * from progress where run_id = ? and step_id = ?", run, stepId)
        .map(
            row ->
                new Progress(
                    row.getColumn("attempt", Integer.class),
                    row.getColumn("said_at", Instant.class),
                    row.getColumn("details", Payload.class)))
        .findOne();
  }
}
