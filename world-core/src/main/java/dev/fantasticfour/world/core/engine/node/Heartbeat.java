package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.time.EngineThreads;
import dev.fantasticfour.world.core.engine.time.StoreClock;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the lease of this node: four heartbeats in every lease, on a platform thread because
 * virtual ones can be held up by busy bodies for longer than a lease. Also judges other workers,
 * when its own heartbeats entitle it to.
 */
final class Heartbeat implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  private final Node node;
  private final Duration period;
  private final Duration leaseTime;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean away;

  Heartbeat(Node node) {
    this.node = node;
    this.leaseTime = node.config().lease();
    this.period = leaseTime.dividedBy(4);
    this.thread = EngineThreads.platform("world heartbeat", this::run);
  }

  /** Registers a fresh incarnation. */
  Incarnation register() {
    WorkerId worker = node.ids().worker();
    long sentAt = StoreClock.nanos();
    Instant storeTime = node.storage().register(worker, node.config().buildId(), leaseTime);
    node.clock().set(storeTime, sentAt);
    LOG.info("registered as worker {}", worker);
    return new Incarnation(node, worker, new Lease(leaseTime, sentAt));
  }

  void start() {
    thread.start();
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private void run() {
    try {
      while (!closed.await(period.toNanos(), TimeUnit.NANOSECONDS)) {
        try {
          beat();
          away = false;
        } catch (WorldException e) {
          if (!away) {
            LOG.warn(
                "a heartbeat was not answered: {}; bodies start again when one is", e.getMessage());
          }
          away = true;
        } catch (RuntimeException e) {
          LOG.error("a heartbeat failed", e);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("heartbeats end");
    }
  }

  private void beat() {
    Incarnation current = node.incarnation();
    if (current == null) {
      node.replace(null, register());
      return;
    }
    long sentAt = StoreClock.nanos();
    Optional<Instant> storeTime = node.storage().beat(current.worker(), leaseTime);
    if (storeTime.isEmpty()) {
      LOG.warn(
          "worker {} was declared dead; its runs are detached and a new worker takes its place",
          current.worker());
      node.lose(current);
      node.replace(current, register());
      return;
    }
    node.clock().set(storeTime.get(), sentAt);
    current.lease().renewed(sentAt);
    if (current.lease().mayJudge()) {
      List<WorkerId> dead = node.storage().markDead(current.worker());
      if (!dead.isEmpty()) {
        LOG.warn("declared dead, because their leases ran out: {}", dead);
        node.sweepSoon().run();
      }
    }
  }
}
