package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Batch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Moves what other runs owe to one, for stores that can hold a lock while Java runs. All that waits
 * is moved in one unit, each relay under an id of its own.
 */
public final class LockedRelays {

  private final LockedStore store;

  /** For one transaction. */
  public LockedRelays(LockedStore store) {
    this.store = store;
  }

  /**
   * What became of relays.
   *
   * @param events what has entered the log of their target, in order; that of the rest is owed no
   *     more either
   * @param onward the run that goes on in place of their target and is owed all of it now; null
   *     when there is none
   */
  public record Moved(List<Event> events, @Nullable RunId onward) {

    public Moved {
      events = List.copyOf(events);
    }
  }

  /**
   * Moves relays, of which the store has found that they wait for that run.
   *
   * @param waiting at least one, in the order in which they were owed
   */
  public Moved move(RunId target, List<Relay> waiting) {
    LockedLog log = store.log(target);
    Optional<LogHead> head = log.head();
    if (head.isEmpty() || head.get().status().isFinal()) {
      return new Moved(List.of(), head.map(LogHead::continuedTo).orElse(null));
    }
    Instant now = store.now();
    RunState state = log.custody().state(head.get().status());
    Scratch scratch = new Scratch(target, state, log.entities());
    List<Event> placed = new ArrayList<>();
    Instant lastCreatedAt = head.get().createdAt();
    long last = head.get().position();
    for (Relay relay : waiting) {
      List<Ruling.Entry> entries = BatchRules.relayed(scratch, relay, now);
      List<Event> events = Sequencer.of(target, relay.id(), entries, last, lastCreatedAt, now);
      if (!events.isEmpty()) {
        placed.addAll(events);
        last = events.getLast().position();
        lastCreatedAt = events.getLast().createdAt();
      }
    }
    if (!placed.isEmpty()) {
      Batch first = waiting.getFirst().batch();
      Custody custody = log.custody().after(first, true, false, last);
      log.keep(new LockedLog.Kept(first, placed, custody, List.of()));
    }
    return new Moved(placed, null);
  }
}
