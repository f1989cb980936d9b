package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.rules.BatchRules;
import dev.fantasticfour.world.core.rules.Entities;
import dev.fantasticfour.world.core.rules.Relay;
import dev.fantasticfour.world.core.rules.Ruling;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * On what suppositions the rules let what one run owes another enter its log, by type: they are
 * asked before anybody has looked at the store, and relay_v1 looks whether things are so. What they
 * say of a relay depends on nothing else than its type, the phase of its target and how far the
 * child has come that it is about.
 *
 * @param types what may go the quick way: whatever leaves its target as it is, so that the next
 *     relay finds it like the first
 * @param phases in which the target may be; see {@link Addition}
 * @param opens whether it is about a child of the target, which has to be open
 * @param besides what it says besides; see append_v1
 */
record SupposedRelays(String[] types, String[] phases, Boolean[] opens, Long[] besides) {

  private static final String CHILD = "chld_supposed";
  private static final RunId TARGET = new RunId("wrun_supposed");
  private static final RunId SOURCE = new RunId("wrun_source");

  /** All that there are. */
  static final SupposedRelays ALL = all();

  /** One of each type that runs owe to each other. */
  private static List<Draft> kinds() {
    return List.of(
        draft(null, new RunFact.SignalReceived("supposed", null, null)),
        draft(null, new Fact.CancelRequested(null)),
        draft(null, new Fact.RunTerminated(null)),
        draft(CHILD, new ChildFact.Completed(SOURCE.value(), null)),
        draft(CHILD, new ChildFact.Failed(SOURCE.value(), Payload.json("{}"), null)),
        draft(CHILD, new ChildFact.Cancelled(SOURCE.value(), null, false)));
  }

  private static Draft draft(@Nullable String about, Fact fact) {
    return new Draft(about, Instant.EPOCH, fact);
  }

  private static SupposedRelays all() {
    List<String> types = new ArrayList<>();
    List<String> phases = new ArrayList<>();
    List<Boolean> opens = new ArrayList<>();
    List<Long> besides = new ArrayList<>();
    for (Draft draft : kinds()) {
      String anyhow = phases(draft, SupposedSteps.ABSENT.with(List.of()));
      String where =
          anyhow.isEmpty() ? phases(draft, SupposedSteps.ABSENT.with(List.of(draft))) : anyhow;
      EventType type = draft.fact().type();
      if (!where.isEmpty()) {
        types.add(type.word());
        phases.add(where);
        opens.add(anyhow.isEmpty());
        besides.add(AppendColumns.besides(type));
      }
    }
    return new SupposedRelays(
        types.toArray(String[]::new),
        phases.toArray(String[]::new),
        opens.toArray(Boolean[]::new),
        besides.toArray(Long[]::new));
  }

  /** In which phases that alone enters the log, and nothing of its target is otherwise then. */
  private static String phases(Draft draft, Entities entities) {
    StringBuilder phases = new StringBuilder();
    EventType type = draft.fact().type();
    Batch batch = new Relay("rely_supposed", TARGET, SOURCE, draft).batch();
    SupposedPhase.STATES.forEach(
        (phase, state) -> {
          boolean enters =
              BatchRules.judge(
                          TARGET, state, entities, batch, batch.drafts(), List.of(), Instant.EPOCH)
                      instanceof Ruling.Accepted accepted
                  && accepted
                      .entries()
                      .equals(List.of(new Ruling.Entry(draft, Event.NOT_BY_OWNER)));
          if (enters && state.after(type).equals(state)) {
            phases.append(phase.letter());
          }
        });
    return phases.toString();
  }
}
