package dev.fantasticfour.world.core.engine.program;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.event.UpdateFact;
import org.jspecify.annotations.Nullable;

/**
 * How much history a run has, counted from what its code does and is told: so it is the same in
 * every replay, at the same place of the code. Of one thread.
 */
final class HistoryCount {

  private int asked;
  private int told;
  private long bytes;

  /** The code begins: what was there before it is no doing of this run. */
  void begins() {
    told = 0;
    bytes = 0;
  }

  /** The code asks for something. */
  void asked() {
    asked++;
  }

  /** The code is told of something. */
  void told(Fact fact) {
    told++;
    Payload payload = payload(fact);
    bytes += payload == null ? 0 : payload.size();
  }

  /** How often the code has asked for something and was told of something. */
  int length() {
    return asked + told;
  }

  /** How many bytes of payloads it was told of. */
  long size() {
    return bytes;
  }

  private static @Nullable Payload payload(Fact fact) {
    return switch (fact) {
      case Fact.StepCompleted f -> f.result();
      case Fact.StepFailed f -> f.error();
      case Fact.HookReceived f -> f.payload();
      case RunFact.SignalReceived f -> f.payload();
      case UpdateFact.Requested f -> f.request();
      case ChildFact.Completed f -> f.result();
      case ChildFact.Failed f -> f.error();
      default -> null;
    };
  }
}
