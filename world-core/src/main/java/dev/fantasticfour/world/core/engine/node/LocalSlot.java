package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.program.Definition;
import dev.fantasticfour.world.core.port.WorkerId;
import java.util.List;

/** The place of a run that is about to be created, in one incarnation. */
record LocalSlot(Incarnation incarnation, RunId run, Definition<?, ?> definition)
    implements LocalNode.Slot {

  @Override
  public WorkerId worker() {
    return incarnation.worker();
  }

  @Override
  public void begin(List<Event> events) {
    incarnation.begin(run, 1, definition, events);
  }

  @Override
  public void release() {
    incarnation.notTaken(run);
  }
}
