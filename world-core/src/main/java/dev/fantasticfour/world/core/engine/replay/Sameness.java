package dev.fantasticfour.world.core.engine.replay;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.Failure;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.event.SendFact;
import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.port.Draft;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether code says the same as its history. What comes of chance, of the clock or of the stack is
 * left out: secret tokens, ids of runs, moments, stack traces.
 */
final class Sameness {

  /** Stores keep microseconds. */
  private static final Duration EXACTNESS = Duration.ofNanos(1_000);

  private final PayloadCodec codec;

  Sameness(PayloadCodec codec) {
    this.codec = codec;
  }

  /** Whether a draft says what an event says that its batch has left. */
  boolean of(Event recorded, Draft asked) {
    return Objects.equals(recorded.correlationId(), asked.correlationId())
        && (recorded.fact() instanceof Fact.WaitCreated one
                && asked.fact() instanceof Fact.WaitCreated other
            ? Objects.equals(one.site(), other.site())
                && isAsLong(
                    Duration.between(recorded.occurredAt(), one.resumeAt()),
                    Duration.between(asked.occurredAt(), other.resumeAt()))
            : of(recorded.fact(), asked.fact()));
  }

  private static boolean isAsLong(Duration one, Duration other) {
    return one.minus(other).abs().compareTo(EXACTNESS) <= 0;
  }

  /** Whether both facts say the same. */
  boolean of(Fact recorded, @Nullable Fact asked) {
    return switch (recorded) {
      case Fact.RunCompleted a ->
          asked instanceof Fact.RunCompleted b && same(a.output(), b.output());
      case Fact.RunFailed a ->
          asked instanceof Fact.RunFailed b
              && sameFailure(a.error(), b.error())
              && Objects.equals(a.errorCode(), b.errorCode());
      case Fact.RunCancelled a ->
          asked instanceof Fact.RunCancelled b && Objects.equals(a.reason(), b.reason());
      case RunFact.Continued a ->
          asked instanceof RunFact.Continued b && a.carried().equals(b.carried());
      case RunFact.StatePublished a ->
          asked instanceof RunFact.StatePublished b
              && a.name().equals(b.name())
              && same(a.value(), b.value());
      case Fact.StepCreated a ->
          asked instanceof Fact.StepCreated b
              && a.site().equals(b.site())
              && same(a.input(), b.input());
      case Fact.HookCreated a ->
          asked instanceof Fact.HookCreated b
              && Objects.equals(a.site(), b.site())
              && sameToken(a.token(), b.token());
      case Fact.HookConflict a ->
          asked instanceof Fact.HookCreated b
              && Objects.equals(a.site(), b.site())
              && sameToken(a.token(), b.token());
      case ChildFact.Created a ->
          asked instanceof ChildFact.Created b
              && a.site().equals(b.site())
              && a.workflow().equals(b.workflow())
              && a.closePolicy() == b.closePolicy()
              && Objects.equals(a.application(), b.application());
      case ChildFact.Conflict a ->
          asked instanceof ChildFact.Created b && a.site().equals(b.site());
      case SendFact.SignalSent a ->
          asked instanceof SendFact.SignalSent b
              && a.site().equals(b.site())
              && a.name().equals(b.name())
              && sameRun(a.targetRun(), b.targetRun())
              && same(a.payload(), b.payload());
      case UpdateFact.Completed a ->
          asked instanceof UpdateFact.Completed b && same(a.result(), b.result());
      case UpdateFact.Failed a ->
          asked instanceof UpdateFact.Failed b
              && sameFailure(a.error(), b.error())
              && Objects.equals(a.errorCode(), b.errorCode());
      case UpdateFact.Rejected a ->
          asked instanceof UpdateFact.Rejected b
              && sameFailure(a.error(), b.error())
              && Objects.equals(a.errorCode(), b.errorCode());
      case Fact other -> other.equals(asked);
    };
  }

  private boolean same(@Nullable Payload one, @Nullable Payload other) {
    return Objects.equals(one, other) || codec.hash(one).equals(codec.hash(other));
  }

  private boolean sameFailure(Payload one, Payload other) {
    Failure first = codec.decodeFailure(one);
    Failure second = codec.decodeFailure(other);
    return first.type().equals(second.type()) && Objects.equals(first.message(), second.message());
  }

  private static boolean sameToken(String recorded, String asked) {
    return asked.equals(Retelling.NOBODYS_TOKEN) || asked.equals(recorded);
  }

  private static boolean sameRun(String recorded, String asked) {
    return asked.equals(Retelling.NOBODYS_RUN.value()) || asked.equals(recorded);
  }
}
