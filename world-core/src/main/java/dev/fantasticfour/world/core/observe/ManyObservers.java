package dev.fantasticfour.world.core.observe;

import java.util.ArrayList;
import java.util.List;

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
    return scopes.isEmpty()
        ? Scope.NONE
        : outcome -> scopes.reversed().forEach(scope -> scope.close(outcome));
  }

  @Override
  public void on(Occurrence occurrence) {
    for (Observer each : all) {
      each.on(occurrence);
    }
  }
}
