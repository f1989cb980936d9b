package dev.fantasticfour.world.core.engine.telemetry;

import dev.fantasticfour.world.core.observe.Observer;
import dev.fantasticfour.world.core.observe.Operation;
import dev.fantasticfour.world.core.observe.Outcome;
import dev.fantasticfour.world.core.observe.Scope;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An operation under way, and since when. Ended once, on the thread on which it was begun unless
 * the operation says otherwise.
 */
public final class Timing {

  /** Of what nobody observes. */
  public static final Timing NONE = new Timing(Scope.NONE, () -> 0);

  private final Scope scope;
  private final LongSupplier nanos;
  private final long since;

  private Timing(Scope scope, LongSupplier nanos) {
    this.scope = scope;
    this.nanos = nanos;
    this.since = nanos.getAsLong();
  }

  /**
   * Begins.
   *
   * @param nanos the monotonic clock
   */
  public static Timing of(Observer observer, LongSupplier nanos, Operation operation) {
    Scope scope = observer.around(operation);
    return scope == Scope.NONE ? NONE : new Timing(scope, nanos);
  }

  /** What the observer wants to be told where somebody goes on with this; empty for nothing. */
  public Map<String, String> context() {
    return scope.context();
  }

  /** It came to its end. */
  public void done() {
    end(Outcome.DONE, null);
  }

  /** It threw. */
  public void failed(Throwable failure) {
    end(Outcome.FAILED, failure);
  }

  /** It ended with that result. */
  public void end(String result, @Nullable Throwable failure) {
    if (this != NONE) {
      scope.close(
          new Outcome(result, Duration.ofNanos(Math.max(0, nanos.getAsLong() - since)), failure));
    }
  }
}
