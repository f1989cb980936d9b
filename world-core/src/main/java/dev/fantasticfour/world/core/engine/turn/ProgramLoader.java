package dev.fantasticfour.world.core.engine.turn;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.coroutine.Strand;
import dev.fantasticfour.world.core.engine.history.EntityIds;
import dev.fantasticfour.world.core.engine.history.Recorded;
import dev.fantasticfour.world.core.engine.history.ReplayOrder;
import dev.fantasticfour.world.core.engine.program.Definition;
import dev.fantasticfour.world.core.engine.program.Ledger;
import dev.fantasticfour.world.core.engine.program.Lineage;
import dev.fantasticfour.world.core.engine.program.Program;
import dev.fantasticfour.world.core.engine.telemetry.Timing;
import dev.fantasticfour.world.core.observe.flight.Flight;
import dev.fantasticfour.world.core.observe.flight.ReplayEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Builds the code of a run up from its log: a fresh program that is told everything again. */
public final class ProgramLoader {

  private final Effects effects;
  private final RunId run;
  private final Definition<?, ?> definition;
  private final PayloadCodec codec;

  ProgramLoader(Effects effects, RunId run, Definition<?, ?> definition, PayloadCodec codec) {
    this.effects = effects;
    this.run = run;
    this.definition = definition;
    this.codec = codec;
  }

  /** A program that is where its log ends, and the events that no batch has seen. */
  record Loaded(Program program, List<Event> untold) {}

  /**
   * Builds it up.
   *
   * @param onStrand given the new strand before any code runs on it, so that it can be detached
   *     from outside
   */
  Loaded load(List<Event> log, Consumer<Strand> onStrand) {
    if (!(log.getFirst().fact() instanceof Fact.RunCreated created)) {
      throw new IllegalStateException("the log of run " + run + " does not begin with run_created");
    }
    ReplayOrder.Replay order = ReplayOrder.of(log);
    Recorded recorded = new Recorded(log);
    Optional<Instant> started = ReplayOrder.started(log);
    Ledger ledger =
        new Ledger(
            EntityIds.of(run, created),
            recorded,
            effects::now,
            started.orElseGet(() -> startingNow(log)));
    ledger.replays(order.told().size() - order.lastAnswers());
    Strand fresh = new Strand(run.value(), effects::thread, effects::nanos);
    onStrand.accept(fresh);
    Program loaded =
        new Program(
            run,
            definition,
            fresh,
            ledger,
            codec,
            new Lineage(run, created),
            effects::secretToken,
            effects::runId,
            effects.openHooks());
    if (started.isEmpty()) {
      ledger.write(null, new Fact.RunStarted(null));
    }
    Payload input = created.input();
    boolean begunBefore =
        log.stream().anyMatch(e -> e.byOwner() && !(e.fact() instanceof Fact.RunStarted));
    Timing replay = begunBefore ? effects.telemetry().replay(log.size()) : Timing.NONE;
    ReplayEvent recording = begunBefore ? Flight.replay() : null;
    try {
      order.before().forEach(loaded::inherit);
      loaded.begin(input, begunBefore);
      for (Event event : order.told()) {
        if (loaded.standstill() != null) {
          break;
        }
        tell(loaded, event);
      }
      loaded.endReplay();
    } finally {
      replay.done();
      if (recording != null) {
        recording.over(run, definition.name(), log.size());
      }
    }
    return new Loaded(loaded, order.untold());
  }

  /** Now, as exact as stores are, and not before the run was created. */
  private Instant startingNow(List<Event> log) {
    Instant now = effects.now().truncatedTo(ChronoUnit.MICROS);
    Instant created = log.getFirst().occurredAt();
    return now.isAfter(created) ? now : created;
  }

  /** Tells a program of an event. */
  static void tell(Program current, Event event) {
    current.tell(
        event.correlationId(),
        event.fact(),
        event.occurredAt(),
        event.position(),
        () -> current.ledger().notAsked(event));
  }
}
