package dev.fantasticfour.world.core.engine.turn;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.rules.Relay;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What others have of a run: what it shows them, what it sends them, and what they sent in vain.
 * For one thread at a time.
 */
final class Shown {

  private final Effects effects;
  private final Presence presence;

  Shown(Effects effects, Presence presence) {
    this.effects = effects;
    this.presence = presence;
  }

  /** The run is taken over with that log: whoever owned it may have left something to be moved. */
  void begin(List<Event> log) {
    for (Event event : log) {
      if (Relay.of(event).isPresent()) {
        presence.sends();
        effects.owes(Map.of());
        return;
      }
    }
  }

  /** Events of the run's own were committed. */
  void committed(List<Event> own) {
    Map<String, RunId> relays = Map.of();
    boolean published = false;
    for (Event event : own) {
      Optional<Relay> relay = Relay.of(event);
      if (relay.isPresent()) {
        relays = relays.isEmpty() ? new LinkedHashMap<>() : relays;
        relays.put(relay.get().id(), relay.get().target());
      }
      published |= event.type() == EventType.STATE_PUBLISHED;
    }
    if (!relays.isEmpty()) {
      presence.sends();
      effects.owes(relays);
    }
    if (published) {
      effects.published();
    }
  }

  /**
   * The run has ended.
   *
   * @param unread signals that its code was told of and has not taken
   * @param unseen what had come that it was not told of
   */
  void unread(int unread, List<Event> unseen) {
    long all = unread + unseen.stream().filter(e -> e.type() == EventType.SIGNAL_RECEIVED).count();
    if (all > 0) {
      effects.warn("it ended with " + all + " signal(s) that nobody had read", null);
    }
  }
}
