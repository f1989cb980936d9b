package dev.fantasticfour.world.core.engine.queued;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.error.AttemptEndedException.Reason;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.fold.FoldSize;
import dev.fantasticfour.world.core.engine.fold.Folder;
import dev.fantasticfour.world.core.engine.node.Environment;
import dev.fantasticfour.world.core.engine.step.Attempt;
import dev.fantasticfour.world.core.port.StepCustody.Heartbeat;
import dev.fantasticfour.world.core.port.StepCustody.Holding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks once a second whether the attempts of queued steps that run here still count, and has kept
 * how far they say they have come: one statement for all of them, and none for bodies that are done
 * within a second and say nothing. Who gave a step up, or ended its run, does not know where its
 * body runs; so the body learns of it.
 *
 * <p><b>Concurrency.</b> Any thread.
 */
final class Heartbeats {

  private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);

  /** In one statement. Progress is small, or it would not be said so often. */
  private static final FoldSize<QueuedBody> SIZE = FoldSize.of(500);

  private final Environment environment;
  private final Folder<QueuedBody, Holding> calls;
  private final ReentrantLock lock = new ReentrantLock();

  /** With the time, by the monotonic clock, since which it runs. */
  private final Map<QueuedBody, Long> bodies = new LinkedHashMap<>();

  private final Runnable alarm = this::look;
  private boolean armed;

  Heartbeats(Environment environment) {
    this.environment = environment;
    this.calls =
        Folder.asking(
            environment.machine(),
            "heartbeats",
            "saying that queued steps are under way",
            SIZE,
            this::say);
  }

  /** A body is about to run. */
  void add(QueuedBody body) {
    lock.lock();
    try {
      bodies.put(body, environment.machine().nanos());
      arm();
    } finally {
      lock.unlock();
    }
  }

  /** It does not run any more. */
  void remove(QueuedBody body) {
    lock.lock();
    try {
      bodies.remove(body);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Has kept what a body said last, before its attempt ends and nothing of it is taken any more. As
   * well as it can be done: progress may be lost.
   */
  void keep(QueuedBody body) throws InterruptedException {
    if (!body.attempt().progress().hasNews()) {
      return;
    }
    try {
      Holding unused = calls.ask(body);
    } catch (WorldException e) {
      LOG.debug("the last progress of {} is lost: {}", body.attempt(), e.getMessage());
    }
  }

  private void arm() {
    if (!armed) {
      armed = true;
      environment.alarms().set(alarm, environment.now().plus(PERIOD));
    }
  }

  private void look() {
    List<QueuedBody> these = new ArrayList<>();
    lock.lock();
    try {
      armed = false;
      if (bodies.isEmpty()) {
        return;
      }
      long recently = environment.machine().nanos() - PERIOD.toNanos();
      bodies.forEach(
          (body, since) -> {
            if (since - recently <= 0 || body.attempt().progress().hasNews()) {
              these.add(body);
            }
          });
      arm();
    } finally {
      lock.unlock();
    }
    calls.addAll(these);
  }

  private List<Holding> say(List<QueuedBody> asked) {
    List<QueuedBody> each = List.copyOf(new LinkedHashSet<>(asked));
    List<Heartbeat> said = each.stream().map(Heartbeats::heartbeat).toList();
    List<Holding> holdings;
    try {
      holdings = environment.storage().heartbeat(said);
    } catch (RuntimeException | Error e) {
      for (int i = 0; i < each.size(); i++) {
        giveBack(each.get(i), said.get(i));
      }
      throw e;
    }
    Map<QueuedBody, Holding> answers = new HashMap<>();
    for (int i = 0; i < each.size(); i++) {
      answers.put(each.get(i), holdings.get(i));
      heard(each.get(i), said.get(i), holdings.get(i));
    }
    return asked.stream().map(body -> answers.getOrDefault(body, Holding.BUSY)).toList();
  }

  private static Heartbeat heartbeat(QueuedBody body) {
    Attempt attempt = body.attempt();
    return new Heartbeat(
        attempt.run(), attempt.stepId(), attempt.number(), attempt.progress().takeNews());
  }

  private static void heard(QueuedBody body, Heartbeat said, Holding holding) {
    switch (holding) {
      case HELD -> {}
      case BUSY -> giveBack(body, said);
      case SUPERSEDED -> body.cancel(Reason.SUPERSEDED);
      case OVER -> body.cancel(Reason.UNWANTED);
    }
  }

  private static void giveBack(QueuedBody body, Heartbeat said) {
    Payload progress = said.progress();
    if (progress != null) {
      body.attempt().progress().giveBack(progress);
    }
  }
}
