package dev.fantasticfour.world.opentelemetry;

import dev.fantasticfour.world.core.observe.Occurrence;
import dev.fantasticfour.world.core.observe.Operation;
import dev.fantasticfour.world.core.observe.Outcome;
import dev.fantasticfour.world.core.observe.Scope;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes spans of operations. Safe for any number of threads. */
final class Spans {

  /** So many attempts are remembered until it is decided what they came to. */
  private static final int MOST = 10_000;

  private final Tracer tracer;
  private final Carrier carrier;
  private final Visits visits;
  private final boolean store;

  /** In which attempts of steps have ended, by step and number. */
  private final Recent<String, Context> attempts = new Recent<>(MOST);

  Spans(OpenTelemetry telemetry, Tracer tracer, TelemetryOptions options) {
    this.tracer = tracer;
    this.carrier = new Carrier(telemetry);
    this.visits = new Visits(tracer, carrier, options.inline());
    this.store = options.store();
  }

  Scope around(Operation operation) {
    return switch (operation) {
      case Operation.Start start ->
          open(
              span("world.start " + start.workflow(), SpanKind.PRODUCER)
                  .setAttribute(Names.RUN, start.run().value())
                  .setAttribute(Names.WORKFLOW, start.workflow()),
              Context.current());
      case Operation.Resume resume -> resume(resume.hook());
      case Operation.Cancel cancel ->
          open(
              span("world.cancel", SpanKind.PRODUCER).setAttribute(Names.RUN, cancel.run().value()),
              Context.current());
      case Operation.Visit visit -> visits.begin(visit);
      case Operation.Replay replay -> outcome -> visits.replayed(replay, outcome);
      case Operation.StepAttempt attempt -> attempt(attempt);
      case Operation.Append append when store ->
          open(
              span("world.append", SpanKind.CLIENT)
                  .setAttribute(Names.BATCHES, (long) append.batches()),
              Context.current());
      case Operation.Claim claim when store ->
          open(
              span("world.claim", SpanKind.CLIENT).setAttribute(Names.RUNS, (long) claim.runs()),
              Context.current());
      case Operation.Append append -> Scope.NONE;
      case Operation.Claim claim -> Scope.NONE;
      case Operation.Turn turn -> Scope.NONE;
      case Operation.Beat beat -> Scope.NONE;
      case Operation.Handling handling -> Scope.NONE;
    };
  }

  private SpanBuilder span(String name, SpanKind kind) {
    return tracer.spanBuilder(name).setSpanKind(kind);
  }

  private Scope open(SpanBuilder span, Context parent) {
    return new OpenSpan(carrier, span.setParent(parent).startSpan(), parent);
  }

  private Scope resume(@Nullable String hook) {
    SpanBuilder span =
        span(hook == null ? "world.resume" : "world.resume " + hook, SpanKind.PRODUCER);
    if (hook != null) {
      span.setAttribute(Names.HOOK, hook);
    }
    return open(span, Context.current());
  }

  /** The body runs within it, so that what it calls hangs below. */
  private Scope attempt(Operation.StepAttempt attempt) {
    boolean isQueued = attempt.placement() == Operation.Placement.QUEUED;
    Context parent = isQueued ? carrier.read(attempt.context()) : visits.of(attempt.run());
    SpanBuilder span =
        span("world.step " + attempt.step(), isQueued ? SpanKind.CONSUMER : SpanKind.INTERNAL)
            .setAttribute(Names.RUN, attempt.run().value())
            .setAttribute(Names.STEP, attempt.step())
            .setAttribute(Names.ATTEMPT, (long) attempt.attempt());
    if (attempt.workflow() != null) {
      span.setAttribute(Names.WORKFLOW, attempt.workflow());
    }
    if (attempt.branch() != null) {
      span.setAttribute(Names.BRANCH, attempt.branch());
    }
    if (attempt.worker() != null) {
      span.setAttribute(Names.WORKER, attempt.worker());
    }
    return new AttemptSpan(key(attempt.stepId(), attempt.attempt()), open(span, parent));
  }

  private static String key(String stepId, int attempt) {
    return stepId + ' ' + attempt;
  }

  /** An attempt under way. */
  private final class AttemptSpan implements Scope {

    private final String key;
    private final Scope span;

    AttemptSpan(String key, Scope span) {
      this.key = key;
      this.span = span;
    }

    @Override
    public Map<String, String> context() {
      return span.context();
    }

    @Override
    public void close(Outcome outcome) {
      attempts.put(key, Context.current());
      span.close(outcome);
    }
  }

  void on(Occurrence occurrence) {
    if (occurrence instanceof Occurrence.Hinted hinted) {
      visits.caused(hinted.run(), hinted.context());
    }
  }

  /** In which the attempt ended, so that an example of how long it took names its trace. */
  Context of(Occurrence.AttemptEnded attempt) {
    Context context = attempts.take(key(attempt.stepId(), attempt.attempt()));
    return context == null ? Context.current() : context;
  }
}
