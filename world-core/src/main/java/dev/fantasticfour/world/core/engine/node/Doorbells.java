package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.time.EngineThreads;
import dev.fantasticfour.world.core.port.Queue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to the two queues of a worker: the task queue of its application, where runs without an
 * owner wait, and its own, where it is woken for runs it owns. Messages are done as soon as they
 * are heard; what was heard in vain the sweep finds.
 */
final class Doorbells {

  private static final Logger LOG = LoggerFactory.getLogger(Doorbells.class);

  private final Node node;
  private final Incarnation incarnation;
  private final ConcurrentLinkedQueue<RunId> heard = new ConcurrentLinkedQueue<>();
  private final AtomicInteger claims = new AtomicInteger();
  private Queue.@Nullable Subscription tasks;
  private Queue.@Nullable Subscription own;

  Doorbells(Node node, Incarnation incarnation) {
    this.node = node;
    this.incarnation = incarnation;
  }

  /** The queue of one worker. */
  static String ownQueue(Incarnation incarnation) {
    return "worker." + incarnation.worker().value();
  }

  void open() {
    int concurrency = node.config().queueConcurrency();
    if (!incarnation.workflows().isEmpty()) {
      tasks = node.queue().subscribe(node.config().application(), concurrency, this::task);
    }
    own = node.queue().subscribe(ownQueue(incarnation), concurrency, this::wakeUp);
  }

  void close(Duration patience) {
    if (tasks != null) {
      tasks.close(patience);
    }
    if (own != null) {
      own.close(patience);
    }
  }

  private Queue.Answer task(Queue.Delivery delivery) {
    RunId run = runIn(delivery);
    if (incarnation.get(run) == null) {
      claimSoon(run);
    }
    return Queue.Answer.DONE;
  }

  private Queue.Answer wakeUp(Queue.Delivery delivery) {
    RunId run = runIn(delivery);
    var execution = incarnation.get(run);
    if (execution == null) {
      claimSoon(run);
    } else {
      execution.nudge();
    }
    return Queue.Answer.DONE;
  }

  /** Claims it together with whatever else is heard meanwhile. */
  private void claimSoon(RunId run) {
    heard.add(run);
    if (claims.getAndIncrement() == 0) {
      EngineThreads.virtual("claim", this::claimHeard).start();
    }
  }

  private void claimHeard() {
    int handled = claims.get();
    do {
      List<RunId> runs = new ArrayList<>();
      for (RunId run = heard.poll(); run != null; run = heard.poll()) {
        if (!runs.contains(run)) {
          runs.add(run);
        }
      }
      try {
        incarnation.claim(runs);
      } catch (RuntimeException e) {
        LOG.info(
            "runs that were announced could not be claimed; the sweep will find them: {}",
            e.getMessage());
      }
      handled = claims.addAndGet(-handled);
    } while (handled != 0);
  }

  private static RunId runIn(Queue.Delivery delivery) {
    String text = delivery.body().text();
    return new RunId(
        text.length() > 1 && text.startsWith("\"") ? text.substring(1, text.length() - 1) : text);
  }
}
