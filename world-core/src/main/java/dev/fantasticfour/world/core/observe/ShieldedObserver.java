package dev.fantasticfour.world.core.observe;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An observer that hurts nobody: what it throws goes no further, and it is not called again. */
final class ShieldedObserver implements Observer {

  private static final Logger LOG = LoggerFactory.getLogger(ShieldedObserver.class);

  private final Observer inner;
  private final AtomicBoolean off = new AtomicBoolean();

  ShieldedObserver(Observer inner) {
    this.inner = inner;
  }

  @Override
  public Scope around(Operation operation) {
    if (off.get()) {
      return Scope.NONE;
    }
    try {
      Scope scope = inner.around(operation);
      return scope == Scope.NONE ? scope : new ShieldedScope(scope);
    } catch (RuntimeException | Error e) {
      switchOff(e);
      return Scope.NONE;
    }
  }

  @Override
  public boolean wantsStoreCounts() {
    try {
      return inner.wantsStoreCounts();
    } catch (RuntimeException | Error e) {
      switchOff(e);
      return false;
    }
  }

  @Override
  public void on(Occurrence occurrence) {
    if (off.get()) {
      return;
    }
    try {
      inner.on(occurrence);
    } catch (RuntimeException | Error e) {
      switchOff(e);
    }
  }

  private final class ShieldedScope implements Scope {

    private final Scope scope;

    ShieldedScope(Scope scope) {
      this.scope = scope;
    }

    @Override
    public void close(Outcome outcome) {
      if (off.get()) {
        return;
      }
      try {
        scope.close(outcome);
      } catch (RuntimeException | Error e) {
        switchOff(e);
      }
    }

    @Override
    public Map<String, String> context() {
      if (off.get()) {
        return Map.of();
      }
      try {
        return scope.context();
      } catch (RuntimeException | Error e) {
        switchOff(e);
        return Map.of();
      }
    }
  }

  private void switchOff(Throwable why) {
    if (!off.getAndSet(true)) {
      LOG.warn(
          "observer {} threw and is not called again until this process is started anew; runs go on"
              + " unobserved by it",
          inner.getClass().getName(),
          why);
    }
  }
}
