package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.config.Secrets;
import dev.fantasticfour.world.api.error.HookNotFoundException;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.client.OutsideResult.Accepted;
import dev.fantasticfour.world.core.port.Target;
import org.jspecify.annotations.Nullable;

/** Sends payloads to hooks by token. */
final class HookResumer {

  private final OutsideAppends appends;
  private final WakeUps wakeUps;

  HookResumer(OutsideAppends appends, WakeUps wakeUps) {
    this.appends = appends;
    this.wakeUps = wakeUps;
  }

  /** The payload is in the log of the run returned, and whoever executes it was told. */
  RunId resume(String token, @Nullable Payload payload) {
    OutsideResult result = appends.append(new Target.OfHook(token), new Fact.HookReceived(payload));
    return switch (result) {
      case Accepted accepted -> {
        wakeUps.tell(accepted.run(), accepted.events(), accepted.owner(), accepted.taskQueue());
        yield accepted.run();
      }
      case OutsideResult.Missing missing -> throw new HookNotFoundException(token);
      // The run ended between the store's look-up and its verdict.
      case OutsideResult.Closed closed -> throw new HookNotFoundException(token);
      case OutsideResult.Refused refused -> throw unexpected(token, refused);
      case OutsideResult.WorkerOver over -> throw unexpected(token, over);
    };
  }

  private static RuntimeException unexpected(String token, OutsideResult result) {
    return OutsideAppends.unexpected(
        "a payload for the hook with token " + Secrets.fingerprint(token), result);
  }
}
