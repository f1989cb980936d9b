package dev.fantasticfour.world.core.observe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Calls all of some observers; their scopes end in reverse order. */
final class ManyObservers implements Observer {

  private final List<Observer> all;

  ManyObservers(List<Observer> all) {
    this.all = List.copyOf(all);
  }

  @Override
  public Scope around(Operation operation) {
    List<Scope> scopes = new ArrayList<>(all.size());
    for (Observer each : all) {
      Scope scope = each.around(operation);
      if (scope != Scope.NONE) {
        scopes.add(scope);
      }
    }
    return scopes.isEmpty() ? Scope.NONE : new ManyScopes(scopes);
  }

  /** Those of one operation, in the order in which they began. */
  private record ManyScopes(List<Scope> all) implements Scope {

    @Override
    public void close(Outcome outcome) {
      all.reversed().forEach(scope -> scope.close(outcome));
    }

    @Override
    public Map<String, String> context() {
      Map<String, String> context = Map.of();
      for (Scope each : all) {
        Map<String, String> more = each.context();
        if (context.isEmpty()) {
          context = more;
        } else if (!more.isEmpty()) {
          context = new HashMap<>(context);
          context.putAll(more);
        }
      }
      return context;
    }
  }

  @Override
  public boolean wantsStoreCounts() {
    return all.stream().anyMatch(Observer::wantsStoreCounts);
  }

  @Override
  public void on(Occurrence occurrence) {
    for (Observer each : all) {
      each.on(occurrence);
    }
  }
}
