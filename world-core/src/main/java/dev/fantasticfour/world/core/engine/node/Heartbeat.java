package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.config.Build;
import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.LoopGuard;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the lease of this node: four heartbeats in every lease, on a prompt thread because others
 * can be held up by busy bodies for longer than a lease. The same statement judges other workers,
 * when the heartbeats so far entitle this one to.
 */
final class Heartbeat {

  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  private final Node node;
  private final LoopGuard guard = new LoopGuard(LOG, "the rhythm of heartbeats", "it goes on");
  private final LoopGuard beating =
      new LoopGuard(LOG, "a heartbeat", "unless one is answered soon, no body starts until one is");
  private final Duration leaseTime;
  private final long period;
  private final Bell ended;
  private volatile boolean closed;

  /** When the next one is to be sent. Of the heartbeat's thread. */
  private long next;

  Heartbeat(Node node) {
    this.node = node;
    this.leaseTime = node.config().lease();
    this.period = leaseTime.toNanos() / 4;
    this.ended = node.machine().bell();
  }

  /** Registers a fresh incarnation. */
  Incarnation register() {
    WorkerId worker = node.ids().worker();
    long sentAt = node.machine().nanos();
    node.clock().set(node.storage().register(worker, Build.idOf(node.config()), leaseTime), sentAt);
    LOG.info("registered as worker {}", worker);
    return new Incarnation(node, worker, new Lease(node.machine(), leaseTime, sentAt));
  }

  void start() {
    node.machine().startPrompt("world heartbeat", this::run);
  }

  void close() {
    closed = true;
    ended.ring();
  }

  private void run() {
    next = node.machine().nanos() + period;
    guard.rounds(ended, () -> closed, this::restAndBeat);
  }

  private void restAndBeat() throws InterruptedException {
    if (ended.await(() -> closed, Duration.ofNanos(next - node.machine().nanos()))) {
      return;
    }
    // From beat to beat, however long one takes; after a hold-up they are not made up for.
    next = Math.max(next, node.machine().nanos() - period) + period;
    boolean unused = beating.round(this::beat);
  }

  /** One heartbeat: one statement, unless this worker turns out to be over. */
  private void beat() {
    Incarnation current = node.incarnation();
    boolean isOver = current != null && current.isOver();
    // Asked in that order: a node that closes says so before it ends its incarnation.
    if (current == null || closed) {
      return;
    }
    if (isOver) {
      node.replace(register());
      return;
    }
    Optional<Storage.Pulse> pulse = Optional.empty();
    long sentAt = node.machine().nanos();
    boolean isAnswered = false;
    try {
      pulse = node.storage().beat(current.worker(), leaseTime, current.lease().mayJudge());
      isAnswered = true;
    } finally {
      if (!isAnswered) {
        current.lease().missed();
      }
    }
    if (pulse.isPresent()) {
      renewed(current, pulse.get(), sentAt);
    } else if (!closed && !current.isOver()) {
      LOG.warn(
          "worker {} was declared dead; its runs are detached and a new worker takes its place",
          current.worker());
      node.lose(current);
      node.replace(register());
    }
  }

  private void renewed(Incarnation current, Storage.Pulse pulse, long sentAt) {
    node.clock().set(pulse.storeTime(), sentAt);
    current.lease().renewed(sentAt);
    if (!pulse.dead().isEmpty()) {
      LOG.warn("declared dead, because their leases ran out: {}", pulse.dead());
      current.mayHaveOrphans(true);
      node.sweepSoon().run();
      node.rescueStreams(pulse.dead(), current.worker());
    }
  }
}
