package dev.fantasticfour.world.tck.wrong;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Fact;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Changes the payloads of facts. */
final class FactPayloads {

  private FactPayloads() {}

  /**
   * The fact with other payloads.
   *
   * @param change may answer null for none; an error that is none stays as it is
   */
  static Fact map(Fact fact, Function<Payload, @Nullable Payload> change) {
    return switch (fact) {
      case Fact.RunCreated f ->
          new Fact.RunCreated(
              f.workflow(),
              f.deploymentId(),
              f.specVersion(),
              f.taskQueue(),
              any(f.input(), change),
              f.runKey(),
              f.inputHash(),
              f.attributes(),
              any(f.executionContext(), change),
              f.pin(),
              f.parent(),
              f.predecessor(),
              f.deadline(),
              f.origin());
      case Fact.RunCompleted f -> new Fact.RunCompleted(any(f.output(), change));
      case Fact.RunFailed f -> new Fact.RunFailed(error(f.error(), change), f.errorCode());
      case Fact.StepCreated f -> new Fact.StepCreated(f.site(), any(f.input(), change));
      case Fact.StepRetrying f ->
          new Fact.StepRetrying(f.site(), f.attempt(), error(f.error(), change), f.retryAt());
      case Fact.StepCompleted f ->
          new Fact.StepCompleted(f.site(), f.attempt(), f.startedAt(), any(f.result(), change));
      case Fact.StepFailed f ->
          new Fact.StepFailed(
              f.site(), f.attempt(), f.startedAt(), error(f.error(), change), f.errorCode());
      case Fact.HookCreated f ->
          new Fact.HookCreated(f.site(), f.token(), any(f.metadata(), change), f.webhook());
      case Fact.HookReceived f -> new Fact.HookReceived(any(f.payload(), change));
      default -> fact;
    };
  }

  private static @Nullable Payload any(
      @Nullable Payload payload, Function<Payload, @Nullable Payload> change) {
    return payload == null ? null : change.apply(payload);
  }

  private static Payload error(Payload payload, Function<Payload, @Nullable Payload> change) {
    Payload changed = change.apply(payload);
    return changed == null ? payload : changed;
  }
}
