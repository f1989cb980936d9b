package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Queue.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue messages a node sends. Hints all of them (law L4): what cannot be sent the sweep makes
 * good.
 */
public record Messages(Ports ports) {

  private static final Logger LOG = LoggerFactory.getLogger(Messages.class);
  private static final int MOST = 1_000;
  private static final String STEPS = ".steps";

  /** The queue of the queued steps of an application. */
  public static String stepQueue(String application) {
    return application + STEPS;
  }

  /** Announces runs that are free to be taken. */
  void announce(List<RunId> runs) {
    send(
        runs.stream()
            .limit(MOST)
            .map(run -> message(ports.config().application(), run.value(), run.value()))
            .toList());
  }

  /** The message of a queued step; while it is there, another one is not stored. */
  Message ofStep(RunId run, String stepId) {
    return message(stepQueue(ports.config().application()), run + " " + stepId, stepId);
  }

  private void send(List<Message> messages) {
    if (messages.isEmpty()) {
      return;
    }
    try {
      ports.queue().enqueue(messages);
    } catch (WorldException e) {
      LOG.info(
          "{} messages could not be sent; the sweep does without: {}",
          messages.size(),
          e.getMessage());
    }
  }

  private Message message(String queue, String body, String key) {
    return new Message(
        ports.ids().message(),
        queue,
        Payload.json('"' + body + '"'),
        Map.of(),
        Duration.ZERO,
        key,
        0);
  }
}
