package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.event.SendFact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Target;
import java.util.List;
import java.util.Optional;

/**
 * What one run owes to another: an event for that run's log. It is kept in the unit of the event
 * that causes it and moved in a unit of its own, under an id that follows from its cause; so it
 * enters once, however often it is moved (F2).
 *
 * @param id also that of the batch that moves it
 * @param target the run it is for
 * @param source the run that owes it
 * @param draft what enters the log of the target
 */
public record Relay(String id, RunId target, RunId source, Draft draft) {

  /** What every id starts with; the source and the position of the cause follow. */
  public static final String PREFIX = "rely_";

  /** What is owed because of an event; empty for most. */
  public static Optional<Relay> of(Event event) {
    return event.fact() instanceof SendFact.SignalSent sent
        ? Optional.of(
            new Relay(
                PREFIX + event.run().value() + "_" + event.position(),
                new RunId(sent.targetRun()),
                event.run(),
                new Draft(
                    null,
                    event.occurredAt(),
                    new RunFact.SignalReceived(sent.name(), null, sent.payload()))))
        : Optional.empty();
  }

  /** The batch that moves it. */
  public Batch batch() {
    return new Batch(id, new Target.OfRun(target), new Authority.Relay(id), null, List.of(draft));
  }
}
