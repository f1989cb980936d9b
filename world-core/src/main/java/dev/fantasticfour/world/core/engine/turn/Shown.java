package dev.fantasticfour.world.core.engine.turn;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.SendFact;
import dev.fantasticfour.world.api.run.Parent;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.rules.Relay;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What others have of a run: what it shows them, what it sends them, and what they sent in vain.
 * For one thread at a time.
 */
final class Shown {

  private final Effects effects;
  private final Presence presence;
  private @Nullable Parent parent;

  /** Whether it has sent anything: then the store knows what of it was not moved yet. */
  private boolean hasSent;

  Shown(Effects effects, Presence presence) {
    this.effects = effects;
    this.presence = presence;
  }

  /** The run is taken over with that log: whoever owned it may have left something to be moved. */
  void begin(List<Event> log) {
    boolean owes = false;
    boolean isKin = false;
    for (Event event : log) {
      owes |= owes(event);
      isKin |= isKin(event);
      hasSent |= owes(event);
      if (event.fact() instanceof Fact.RunCreated created) {
        parent = created.parent();
      }
    }
    if (owes || isKin) {
      presence.sends();
    }
    if (owes) {
      effects.owes(Map.of());
    }
  }

  /**
   * Events of the run's own were committed, and it may be its end.
   *
   * @param childrenOpen whether it may have children that have not ended
   */
  void committed(List<Event> own, boolean childrenOpen) {
    Map<String, RunId> relays = Map.of();
    List<Event> births = List.of();
    boolean asksStore = false;
    boolean published = false;
    for (Event event : own) {
      if (event.fact() instanceof SendFact.SignalSent sent) {
        relays = relays.isEmpty() ? new LinkedHashMap<>() : relays;
        relays.put(Relay.idOf(event), new RunId(sent.targetRun()));
      }
      asksStore |= event.type() == EventType.CHILD_CANCEL_REQUESTED;
      if (event.type() == EventType.CHILD_CREATED) {
        births = births.isEmpty() ? new ArrayList<>() : births;
        births.add(event);
      }
      published |= event.type() == EventType.STATE_PUBLISHED;
      hasSent |= owes(event);
    }
    if (!relays.isEmpty() || asksStore) {
      presence.sends();
      effects.owes(asksStore ? Map.of() : relays);
    }
    if (!births.isEmpty()) {
      presence.sends();
      effects.born(births);
    }
    if (published) {
      effects.published();
    }
    if (own.getLast().type().endsRun() && !hasSent) {
      owed(own.getLast(), childrenOpen);
    }
  }

  /**
   * An end over which nothing else is owed: who goes on in its place has its parent and children.
   */
  private void owed(Event end, boolean childrenOpen) {
    if (end.type() == EventType.RUN_CONTINUED || (parent == null && !childrenOpen)) {
      presence.owesAtEnd(Map.of());
    } else if (parent != null && !childrenOpen) {
      presence.owesAtEnd(Map.of(Relay.idOf(end), new RunId(parent.run())));
    }
  }

  private static boolean owes(Event event) {
    return event.type() == EventType.SIGNAL_SENT
        || event.type() == EventType.CHILD_CANCEL_REQUESTED;
  }

  /** Whether others hear of it when the run ends: its parent, or its children. */
  private static boolean isKin(Event event) {
    return isParent(event)
        || event.fact() instanceof Fact.RunCreated created && created.parent() != null;
  }

  private static boolean isParent(Event event) {
    return event.type() == EventType.CHILD_CREATED || event.type() == EventType.CHILD_CARRIED;
  }

  /** The run has ended by that event, and is over here. */
  void ended(Event end) {
    if (end.type() == EventType.RUN_CONTINUED) {
      effects.born(List.of(end));
    }
    int unread =
        switch (end.fact()) {
          case Fact.RunCompleted f -> f.unread();
          case Fact.RunFailed f -> f.unread();
          case Fact.RunCancelled f -> f.unread();
          default -> 0;
        };
    if (unread > 0) {
      effects.warn("it ended with " + unread + " signal(s) that nobody had read", null);
    }
  }
}
