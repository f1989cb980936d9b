package dev.fantasticfour.world.core.observe;

/** Sees nothing. */
final class NoObserver implements Observer {

  @Override
  public Scope around(Operation operation) {
    return Scope.NONE;
  }

  @Override
  public void on(Occurrence occurrence) {}
}
