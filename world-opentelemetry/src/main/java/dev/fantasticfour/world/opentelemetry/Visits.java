package dev.fantasticfour.world.opentelemetry;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.observe.Operation;
import dev.fantasticfour.world.core.observe.Outcome;
import dev.fantasticfour.world.core.observe.Scope;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The visits of runs in this process. Each is a span that ends when the run waits: a span as long
 * as a run would never be exported by a process that is gone before, and its children would hang
 * from nothing. What belongs together is linked. Safe for any number of threads.
 */
final class Visits {

  /** So many runs have links to what was before. */
  private static final int MOST = 10_000;

  private static final double NANOS = 1e9;

  private final Tracer tracer;
  private final Carrier carrier;
  private final Duration inline;
  private final Map<RunId, Visit> open = new ConcurrentHashMap<>();
  private final Recent<RunId, SpanContext> before = new Recent<>(MOST);
  private final Recent<RunId, SpanContext> causes = new Recent<>(MOST);

  /**
   * @param inline how long after its creation a run is still visited in the trace of its start
   */
  Visits(Tracer tracer, Carrier carrier, Duration inline) {
    this.tracer = tracer;
    this.carrier = carrier;
    this.inline = inline;
  }

  /** A visit begins. */
  Scope begin(Operation.Visit visit) {
    Context from = carrier.read(visit.origin());
    SpanContext start = Span.fromContext(from).getSpanContext();
    boolean isPart = start.isValid() && visit.age().compareTo(inline) < 0;
    // What travels with the trace goes on, in a trace of its own too.
    Context parent = isPart ? from : Context.root().with(Baggage.fromContext(from));
    SpanBuilder span =
        tracer
            .spanBuilder("world.visit " + visit.workflow())
            .setSpanKind(SpanKind.CONSUMER)
            .setParent(parent)
            .setAttribute(Names.RUN, visit.run().value())
            .setAttribute(Names.WORKFLOW, visit.workflow())
            .setAttribute(Names.WORKER, visit.worker())
            .setAttribute(Names.BUILD, visit.build());
    if (!isPart) {
      link(span, start);
    }
    link(span, causes.take(visit.run()));
    link(span, before.take(visit.run()));
    Visit begun = new Visit(visit.run(), span.startSpan(), parent);
    open.put(visit.run(), begun);
    return begun;
  }

  private static void link(SpanBuilder span, @Nullable SpanContext to) {
    if (to != null && to.isValid()) {
      span.addLink(to);
    }
  }

  /** A visit under way. */
  private final class Visit implements Scope {

    private final RunId run;
    private final Span span;
    private final Context context;

    Visit(RunId run, Span span, Context parent) {
      this.run = run;
      this.span = span;
      this.context = parent.with(span);
    }

    @Override
    public Map<String, String> context() {
      return carrier.write(context);
    }

    @Override
    public void close(Outcome outcome) {
      open.remove(run, this);
      before.put(run, span.getSpanContext());
      OpenSpan.end(span, outcome);
    }
  }

  /** What happens in a run now belongs to; what is current here while nobody visits it. */
  Context of(RunId run) {
    Visit visit = open.get(run);
    return visit == null ? Context.current() : visit.context;
  }

  /** Why the run goes on. */
  void caused(RunId run, Map<String, String> context) {
    SpanContext cause = Span.fromContext(carrier.read(context)).getSpanContext();
    Visit visit = open.get(run);
    if (!cause.isValid()) {
      return;
    }
    if (visit == null) {
      causes.put(run, cause);
    } else {
      visit.span.addLink(cause);
    }
  }

  /** The code was built up again: an event, and not a span for each step that was done before. */
  void replayed(Operation.Replay replay, Outcome outcome) {
    Visit visit = open.get(replay.run());
    if (visit != null) {
      visit.span.setAttribute(Names.REPLAYED, replay.events());
      visit.span.addEvent(
          "world.replay",
          Attributes.of(
              Names.REPLAYED, replay.events(), Names.SECONDS, outcome.took().toNanos() / NANOS));
    }
  }
}
