package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.HookFact;
import dev.fantasticfour.world.api.run.HookRecord;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The hooks of a run as the fold of its log. Not safe for use by several threads. */
public final class HookFold {

  private final Map<String, HookRecord> live = new LinkedHashMap<>();
  private final Map<String, HookState> states = new HashMap<>();
  private final Set<String> carried = new HashSet<>();

  HookFold() {}

  void apply(String id, Event event, HookFact fact) {
    if (fact instanceof Fact.HookReceived) {
      return;
    }
    states.put(id, state(id).after(event.type()));
    switch (fact) {
      case Fact.HookCreated f -> {
        adopted(f.token());
        live.put(id, record(event, id, f));
      }
      case HookFact.Carried f -> {
        carried.add(id);
        live.put(id, record(event, id, f.name(), f.token(), f.metadata(), f.webhook()));
      }
      case Fact.HookDisposed f -> {
        carried.remove(id);
        live.remove(id);
      }
      case Fact.HookConflict f -> {}
      case Fact.HookReceived f -> {}
    }
  }

  /** The code asks for a token that came over from the run before: what held it is no more. */
  private void adopted(String token) {
    for (String id : List.copyOf(carried)) {
      HookRecord holder = live.get(id);
      if (holder != null && holder.token().equals(token)) {
        live.remove(id);
        carried.remove(id);
        states.put(id, HookState.DISPOSED);
      }
    }
  }

  static HookRecord record(Event event, String id, Fact.HookCreated f) {
    String name = f.site() == null ? "" : f.site().name();
    return record(event, id, name, f.token(), f.metadata(), f.webhook());
  }

  private static HookRecord record(
      Event event,
      String id,
      String name,
      String token,
      @Nullable Payload metadata,
      @Nullable Boolean webhook) {
    return new HookRecord(event.run(), id, name, token, metadata, webhook, event.createdAt());
  }

  /** Hooks go with their run; no event says so. */
  void endWithRun() {
    live.clear();
    carried.clear();
  }

  /** Live hooks, by id, in order of creation. */
  public Map<String, HookRecord> live() {
    return Collections.unmodifiableMap(live);
  }

  /** What became of a hook id, which the live hooks do not tell. */
  public HookState state(String id) {
    HookState state = states.get(id);
    return state == null ? HookState.NONE : state;
  }

  /** Whether a live hook came over from the run before, and no code has asked for it yet. */
  public boolean isCarried(String id) {
    return carried.contains(id);
  }

  /** The live hook that has a token. */
  public Optional<HookRecord> ofToken(String token) {
    return live.values().stream().filter(hook -> hook.token().equals(token)).findFirst();
  }
}
