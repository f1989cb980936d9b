package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.Queue.Message;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue messages of the engine. Hints all of them (law L4): what cannot be sent the sweep makes
 * good. They carry plain ids, whatever codec the values of a world go through.
 */
public record Messages(Ports ports) {

  private static final Logger LOG = LoggerFactory.getLogger(Messages.class);
  private static final int MOST = 1_000;
  private static final String HELD = " held";
  private static final String STEPS = ".steps";
  private static final String WORKFLOW = "workflow";

  /** The queue of the queued steps of an application. */
  public static String stepQueue(String application) {
    return application + STEPS;
  }

  /** The queue that one worker listens on. */
  public static String workerQueue(WorkerId worker) {
    return Queue.OF_A_WORKER + worker.value();
  }

  /**
   * What a message says of a run.
   *
   * @param held that somebody keeps it from going on; else that it is to be looked at
   */
  record Heard(RunId run, boolean held) {

    static Heard in(Queue.Delivery delivery) {
      String body = delivery.body().text();
      String text =
          body.length() > 1 && body.startsWith("\"") ? body.substring(1, body.length() - 1) : body;
      boolean held = text.endsWith(HELD);
      return new Heard(
          new RunId(held ? text.substring(0, text.length() - HELD.length()) : text), held);
    }
  }

  /** Tells the owner of a run that somebody keeps it from going on. */
  Message held(String queue, RunId run) {
    return message(queue, run + HELD, run + HELD, Map.of());
  }

  /** Asks whoever listens on a queue to look at a run; while it is there, another is not stored. */
  Message hint(String queue, RunId run) {
    return hint(queue, run, Map.of());
  }

  /**
   * The same.
   *
   * @param context what goes along for observers
   */
  Message hint(String queue, RunId run, Map<String, String> context) {
    return message(queue, run.value(), run.value(), context);
  }

  /** Announces runs that are free to be taken. */
  void announce(List<RunId> runs) {
    send(runs.stream().limit(MOST).map(run -> hint(ports.config().application(), run)).toList());
  }

  /**
   * The message of a queued step; while it is there, another one is not stored.
   *
   * @param workflow of the run, for people and for what is measured
   * @param context what goes along for observers
   */
  Message ofStep(RunId run, String workflow, String stepId, Map<String, String> context) {
    return message(
        stepQueue(ports.config().application()),
        run + " " + stepId,
        stepId,
        headers(workflow, context));
  }

  private static Map<String, String> headers(String workflow, Map<String, String> context) {
    if (context.isEmpty()) {
      return Map.of(WORKFLOW, workflow);
    }
    Map<String, String> headers = new HashMap<>(context);
    headers.put(WORKFLOW, workflow);
    return headers;
  }

  /** The workflow that the message of a queued step names; null where it names none. */
  public static @Nullable String workflowIn(Queue.Delivery delivery) {
    return delivery.headers().get(WORKFLOW);
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

  private Message message(String queue, String body, String key, Map<String, String> headers) {
    return new Message(
        ports.ids().message(),
        queue,
        Payload.json('"' + body + '"'),
        headers,
        Duration.ZERO,
        key,
        0);
  }
}
