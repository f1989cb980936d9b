package dev.fantasticfour.world.opentelemetry;

import dev.fantasticfour.world.core.observe.Outcome;
import dev.fantasticfour.world.core.observe.Scope;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.util.Map;

/** A span under way, which is the current one of its thread. */
final class OpenSpan implements Scope {

  private final Carrier carrier;
  private final Span span;
  private final Context context;
  private final io.opentelemetry.context.Scope current;

  /** Makes it current; to be closed on this thread. */
  @SuppressWarnings("MustBeClosedChecker") // closed by close()
  OpenSpan(Carrier carrier, Span span, Context parent) {
    this.carrier = carrier;
    this.span = span;
    this.context = parent.with(span);
    this.current = context.makeCurrent();
  }

  @Override
  public Map<String, String> context() {
    return carrier.write(context);
  }

  @Override
  public void close(Outcome outcome) {
    current.close();
    end(span, outcome);
  }

  /** Ends a span with what came of it. */
  static void end(Span span, Outcome outcome) {
    Throwable failure = outcome.failure();
    if (failure != null) {
      span.setAttribute(Names.ERROR, failure.getClass().getName());
      span.recordException(failure);
      span.setStatus(StatusCode.ERROR);
    } else if (outcome.result().equals(Outcome.FAILED)) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end();
  }
}
