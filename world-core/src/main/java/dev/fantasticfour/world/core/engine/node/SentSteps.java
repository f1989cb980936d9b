package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.run.RunExecution;
import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.LoopGuard;
import dev.fantasticfour.world.core.port.Queue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queued steps whose message this worker has sent and of whose end it has not heard. Whether
 * their messages are still there the queue is asked once a second, for all of them in one call; a
 * step whose message is gone is asked for again. So a lost message costs two seconds, and a step
 * that waits costs no statement and no message of its own.
 *
 * <p><b>Concurrency.</b> Any thread.
 */
final class SentSteps {

  private static final Logger LOG = LoggerFactory.getLogger(SentSteps.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final Environment environment;
  private final Tenure tenure;
  private final RunTable table;
  private final Consumer<RunId> hearsay;
  private final String queue;
  private final LoopGuard guard;
  private final ReentrantLock lock = new ReentrantLock();

  /** The one that was sent or seen longest ago first. */
  private final Map<String, Sent> byStep = new LinkedHashMap<>();

  private final Map<RunId, Set<String>> byRun = new HashMap<>();
  private final Bell never;

  /** Whether a thread looks. */
  private boolean looking;

  /**
   * @param hearsay told of runs that are to go on and do not live here
   */
  SentSteps(Environment environment, Tenure tenure, RunTable table, Consumer<RunId> hearsay) {
    this.environment = environment;
    this.guard =
        new LoopGuard(
            environment.machine(),
            LOG,
            "looking for the messages of queued steps",
            "it is done again later");
    this.never = environment.machine().bell();
    this.tenure = tenure;
    this.table = table;
    this.hearsay = hearsay;
    this.queue = Messages.stepQueue(environment.config().application());
  }

  /**
   * A step whose message was sent.
   *
   * @param seenAt when it was sent or seen in the queue last
   */
  private record Sent(RunId run, String step, long seenAt) {}

  /** The message of a step is on its way. */
  void add(RunId run, String step) {
    lock.lock();
    try {
      seen(run, step);
      arm();
    } finally {
      lock.unlock();
    }
  }

  /** Messages have arrived: looked for a moment before, they would have been missed. */
  void arrived(List<Queue.Message> messages) {
    lock.lock();
    try {
      for (Queue.Message message : messages) {
        Sent sent = byStep.get(message.key());
        if (sent != null) {
          seen(sent.run(), sent.step());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** The run does not wait for that step any more. */
  void forget(RunId run, String step) {
    lock.lock();
    try {
      remove(run, step);
    } finally {
      lock.unlock();
    }
  }

  /** The run waits for nothing any more. */
  void forget(RunId run) {
    lock.lock();
    try {
      Set<String> steps = byRun.remove(run);
      if (steps != null) {
        byStep.keySet().removeAll(steps);
      }
    } finally {
      lock.unlock();
    }
  }

  /** How many there are. */
  int count() {
    lock.lock();
    try {
      return byStep.size();
    } finally {
      lock.unlock();
    }
  }

  private void seen(RunId run, String step) {
    byStep.remove(step);
    byStep.put(step, new Sent(run, step, environment.machine().nanos()));
    byRun.computeIfAbsent(run, r -> new LinkedHashSet<>()).add(step);
  }

  private void remove(RunId run, String step) {
    byStep.remove(step);
    Set<String> steps = byRun.get(run);
    if (steps != null && steps.remove(step) && steps.isEmpty()) {
      byRun.remove(run);
    }
  }

  private void arm() {
    if (!looking && !tenure.isOver()) {
      looking = true;
      environment.machine().start("queued steps", this::lookWhileThereAre);
    }
  }

  private void lookWhileThereAre() {
    boolean goesOn = true;
    while (goesOn) {
      boolean unused = guard.round(this::restAndLook);
      lock.lock();
      try {
        goesOn = !byStep.isEmpty() && !tenure.isOver();
        looking = goesOn;
      } finally {
        lock.unlock();
      }
    }
  }

  private void restAndLook() throws InterruptedException {
    if (!never.rest(tenure::isOver, PERIOD)) {
      lookForEach();
    }
  }

  /** Where many are missing the queue has lost everything: the others are looked for at once. */
  private void lookForEach() {
    int missing = Queue.MAX_KEYS;
    while (missing > Queue.MAX_KEYS / 2 && !tenure.isOver()) {
      missing = lookFor(oldest());
    }
  }

  /** Those that were sent or seen longest ago, and not just now. */
  private Map<String, Sent> oldest() {
    Map<String, Sent> oldest = new LinkedHashMap<>();
    lock.lock();
    try {
      long since = environment.machine().nanos() - PERIOD.toNanos() / 2;
      Iterator<Sent> all = byStep.values().iterator();
      Sent next = all.hasNext() ? all.next() : null;
      while (next != null && next.seenAt() - since <= 0 && oldest.size() < Queue.MAX_KEYS) {
        oldest.put(next.step(), next);
        next = all.hasNext() ? all.next() : null;
      }
    } finally {
      lock.unlock();
    }
    return oldest;
  }

  /** Returns how many of them are not there. */
  private int lookFor(Map<String, Sent> steps) {
    Set<String> missing =
        steps.isEmpty() ? Set.of() : environment.queue().missing(queue, steps.keySet());
    List<Sent> gone = new ArrayList<>();
    lock.lock();
    try {
      for (Sent step : steps.values()) {
        // What was sent or forgotten meanwhile is another matter.
        if (byStep.get(step.step()) == step) {
          seen(step.run(), step.step());
          if (missing.contains(step.step())) {
            gone.add(step);
          }
        }
      }
    } finally {
      lock.unlock();
    }
    gone.forEach(this::askAgain);
    return gone.size();
  }

  /** It has ended, unheard of, or its message is lost: its run knows, or finds out. */
  private void askAgain(Sent step) {
    RunExecution execution = table.get(step.run());
    if (execution == null) {
      forget(step.run(), step.step());
      hearsay.accept(step.run());
    } else {
      // It may leave before it hears of that: until it has said something, it is asked again.
      execution.unsent(step.step());
    }
  }
}
