package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.time.LoopGuard;
import dev.fantasticfour.world.core.port.Queue.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the messages of queued steps, on one thread of its own while there are any: a slow queue
 * holds up no turn, and one that is away has each sent as soon as it is back, not when the step
 * would be sent again. Safe for any number of threads.
 */
final class Dispatches {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatches.class);
  private static final int MOST = 500;

  private final Node node;
  private final Incarnation incarnation;
  private final Messages messages;
  private final LoopGuard guard =
      new LoopGuard(LOG, "sending the messages of queued steps", "they are sent again later");
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Message> waiting = new LinkedHashMap<>();
  private boolean sending;

  Dispatches(Node node, Incarnation incarnation) {
    this.node = node;
    this.incarnation = incarnation;
    this.messages = new Messages(node.ports());
  }

  /** Sends the message of a queued step; while it is there, another one is not stored. */
  void send(RunId run, String stepId) {
    lock.lock();
    try {
      waiting.put(run + " " + stepId, messages.ofStep(run, stepId));
      if (!sending) {
        sending = true;
        node.machine().start("dispatches", this::sendAll);
      }
    } finally {
      lock.unlock();
    }
  }

  private void sendAll() {
    List<Message> next = next();
    while (!next.isEmpty()) {
      List<Message> these = next;
      if (!guard.round(() -> send(these)) && these.size() > 1 && !incarnation.isOver()) {
        // It may be one that the queue takes from nobody.
        these.forEach(this::sendAlone);
      }
      next = next();
    }
  }

  private void sendAlone(Message message) {
    boolean unused = guard.round(() -> send(List.of(message)));
  }

  /** What is sent next; with nothing, this thread is no longer the one that sends. */
  private List<Message> next() {
    lock.lock();
    try {
      List<Message> next = waiting.values().stream().limit(MOST).toList();
      waiting.values().removeAll(next);
      sending = !next.isEmpty();
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void send(List<Message> next) {
    boolean unused =
        incarnation
            .persistence()
            .insist(
                "sending the messages of queued steps",
                () -> {
                  node.queue().enqueue(next);
                  incarnation.sentSteps().arrived(next);
                  return true;
                });
  }
}
