package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.ResumeOptions;
import dev.fantasticfour.world.api.config.Secrets;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.HookNotFoundException;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.node.Hints;
import dev.fantasticfour.world.core.engine.node.LocalNode;
import dev.fantasticfour.world.core.engine.node.Ports;
import dev.fantasticfour.world.core.engine.telemetry.Timing;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.observe.Observer;
import dev.fantasticfour.world.core.observe.Operation;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Target;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Sends payloads to hooks by token. */
final class HookResumer {

  private final OutsideAppends appends;
  private final Hints hints;
  private final LocalNode node;
  private final PayloadCodec codec;
  private final RefusedPayloads refused;
  private final Observer observer;
  private final LongSupplier nanos;

  HookResumer(Machine machine, OutsideAppends appends, Hints hints, LocalNode node, Ports ports) {
    this.observer = ports.observer();
    this.nanos = machine::nanos;
    this.refused = new RefusedPayloads(machine::nanos);
    this.appends = appends;
    this.hints = hints;
    this.node = node;
    this.codec = ports.codec();
  }

  /**
   * The payload is in the log of the run returned, and whoever executes it was told.
   *
   * @param type as the sender has it, null when it has none
   */
  RunId resume(
      @Nullable HookType<?> type, String token, @Nullable Payload payload, ResumeOptions options) {
    requireFitting(type, token, payload);
    Timing timing =
        Timing.of(observer, nanos, new Operation.Resume(type == null ? null : type.name()));
    RunId run;
    try {
      run = resume(token, payload, options, timing.context());
    } catch (RuntimeException | Error e) {
      timing.failed(e);
      throw e;
    }
    timing.done();
    return run;
  }

  private RunId resume(
      String token, @Nullable Payload payload, ResumeOptions options, Map<String, String> context) {
    String key = options.idempotencyKey();
    AppendResult.ToAnyone result = append(token, payload, key);
    return switch (result) {
      case AppendResult.InLog accepted -> {
        if (key != null) {
          requireSame(key, codec.hash(payload), accepted.events());
        }
        hints.tell(
            accepted.run(), accepted.events(), accepted.owner(), accepted.taskQueue(), context);
        yield accepted.run();
      }
      case AppendResult.NotFound missing -> throw new HookNotFoundException(token);
      // The run ended between the store's look-up and its verdict.
      case AppendResult.Closed closed -> throw new HookNotFoundException(token);
      case AppendResult.Conflict refused -> throw unexpected(token, refused);
      case AppendResult.Fenced over -> throw unexpected(token, over);
    };
  }

  /** A batch is repeated under its id as often as one likes; a key gives it the same id again. */
  private AppendResult.ToAnyone append(
      String token, @Nullable Payload payload, @Nullable String key) {
    Target hook = new Target.OfHook(token);
    Fact received = new Fact.HookReceived(payload);
    try {
      return key == null
          ? appends.append(hook, received)
          : appends.appendAgain(OutsideAppends.key(token, key), hook, received);
    } catch (WorldException e) {
      throw OutsideAppends.unanswered(
          "a payload for a hook was sent",
          key == null
              ? "to be able to send again safely, give an idempotency key"
              : "sending again under the same idempotency key is safe",
          e);
    }
  }

  /** What cannot be read where it is awaited is better not sent: here somebody can mend it. */
  private void requireFitting(@Nullable HookType<?> sent, String token, @Nullable Payload payload) {
    HookType<?> awaited = node.openHook(token).orElse(null);
    HookType<?> type = awaited == null ? sent : awaited;
    if (type == null) {
      return;
    }
    try {
      Object unused = codec.decode(payload, type.payload());
    } catch (WorldException e) {
      refused.happened(type);
      throw new WorldException(
          e.code(),
          "nothing was sent to hook '"
              + type.name()
              + "': the payload "
              + (awaited == null
                  ? "can be written and not read again: "
                  : "does not fit the type that the workflow waits for: ")
              + e.getMessage(),
          e);
    }
  }

  private void requireSame(String key, String hash, List<Event> events) {
    for (Event event : events) {
      if (event.fact() instanceof Fact.HookReceived received
          && !codec.hash(received.payload()).equals(hash)) {
        throw new WorldException(
            ErrorCode.INVALID_ARGUMENT,
            "idempotency key '"
                + key
                + "' was used before to send another payload to this hook, of run "
                + event.run()
                + "; nothing was sent: use another key, or the same payload");
      }
    }
  }

  private static RuntimeException unexpected(String token, AppendResult result) {
    return OutsideAppends.unexpected(
        "a payload for the hook with token " + Secrets.fingerprint(token), result);
  }
}
