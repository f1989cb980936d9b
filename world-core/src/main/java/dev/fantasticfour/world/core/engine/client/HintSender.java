package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.ValueType;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.time.IdSource;
import dev.fantasticfour.world.core.port.Queue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends "look at this run" messages, many in one call of the queue. Never blocks and never fails:
 * what the queue does not take is dropped, because the sweep of the workers finds the run anyway
 * (law L4). The body of a message is the run id as a JSON text, its key the run id.
 */
final class HintSender implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HintSender.class);

  private static final ValueType<String> TEXT = ValueType.of(String.class);
  private static final int MOST_PER_CALL = 500;

  /** More than that wait only when the queue hangs; then the sweep is sooner. */
  private static final int MOST_WAITING = 10_000;

  /**
   * Where runs are started by the thousand, a call for every few of them costs more than they do.
   */
  private static final Duration PAUSE = Duration.ofMillis(1);

  private static final Duration CLOSING = Duration.ofSeconds(2);

  private record Hint(String queue, RunId run) {}

  private final Queue queue;
  private final PayloadCodec codec;
  private final IdSource ids;
  private final FoldedCalls<Hint> calls =
      new FoldedCalls<>("world-hints", MOST_PER_CALL, PAUSE, this::enqueue);

  /** Touched by the one thread that calls. */
  private boolean away;

  HintSender(Queue queue, PayloadCodec codec, IdSource ids) {
    this.queue = queue;
    this.codec = codec;
    this.ids = ids;
  }

  void send(String queueName, RunId run) {
    if (calls.waiting() < MOST_WAITING) {
      calls.add(new Hint(queueName, run));
    }
  }

  /** Gives what was said last a moment to get out, so that a short-lived process is fast, too. */
  @Override
  public void close() {
    calls.awaitIdle(CLOSING);
  }

  private void enqueue(List<Hint> hints) {
    try {
      queue.enqueue(hints.stream().map(this::message).toList());
      if (away) {
        away = false;
        LOG.info("The queue takes messages again.");
      }
    } catch (WorldException e) {
      if (!away) {
        away = true;
        LOG.warn(
            "The queue took no wake-ups, so workers find the runs by their sweep until it does: {}",
            e.getMessage());
      }
    }
  }

  private Queue.Message message(Hint hint) {
    Payload body = Objects.requireNonNull(codec.encode(hint.run().value(), TEXT));
    return new Queue.Message(
        ids.message(), hint.queue(), body, Map.of(), Duration.ZERO, hint.run().value(), 0);
  }
}
