package dev.fantasticfour.world.api.event;

import dev.fantasticfour.world.api.Payload;
import org.jspecify.annotations.Nullable;

/** What is said about something that the workflow sends to another run. */
public sealed interface SendFact extends Fact {

  /**
   * A signal is sent. The target is told of it by a relay, exactly once.
   *
   * @param targetRun its run id
   * @param name of the type of signal
   */
  record SignalSent(Site site, String targetRun, String name, @Nullable Payload payload)
      implements SendFact {
    @Override
    public EventType type() {
      return EventType.SIGNAL_SENT;
    }
  }
}
