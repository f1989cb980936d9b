package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.config.Build;
import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.LoopGuard;
import dev.fantasticfour.world.core.observe.flight.BeatEvent;
import dev.fantasticfour.world.core.observe.flight.Flight;
import dev.fantasticfour.world.core.port.RunCustody;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this node a member: registers it as a worker, keeps its lease with four heartbeats in every
 * lease, on a prompt thread because others can be held up by busy bodies for longer than a lease,
 * and puts a new custodian in the place of one whose lease was lost. The same statement judges
 * other workers, when the heartbeats so far entitle this one to.
 */
final class Membership {

  private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

  private final NodeParts parts;
  private final Environment environment;
  private final NodeLifecycle lifecycle;
  private final LoopGuard guard;
  private final LoopGuard beating;
  private final Duration leaseTime;
  private final long period;
  private final Bell ended;
  private volatile @Nullable Custodian current;
  private volatile boolean closed;
  private volatile boolean draining;

  /** When the heart last went round, whether it was answered or not. */
  private volatile long wentRoundAt;

  /** When the next one is to be sent. Of the heartbeat's thread. */
  private long next;

  Membership(NodeParts parts, NodeLifecycle lifecycle) {
    this.parts = parts;
    this.environment = parts.environment();
    this.guard =
        new LoopGuard(environment.machine(), LOG, "the rhythm of heartbeats", "it goes on");
    this.beating =
        new LoopGuard(
            environment.machine(),
            LOG,
            "a heartbeat",
            "unless one is answered soon, no body starts until one is");
    this.lifecycle = lifecycle;
    this.leaseTime = environment.config().lease();
    this.period = leaseTime.toNanos() / 4;
    this.ended = environment.machine().bell();
  }

  /** Whoever looks after the runs of this node now; null before it is started. */
  @Nullable Custodian current() {
    return current;
  }

  /** Registers a fresh worker. */
  Custodian register() {
    WorkerId worker = environment.ports().ids().worker();
    long sentAt = environment.machine().nanos();
    environment
        .clock()
        .set(
            environment.storage().register(worker, Build.idOf(environment.config()), leaseTime),
            sentAt);
    LOG.info("registered as worker {}", worker);
    Lease lease = new Lease(environment.machine(), leaseTime, sentAt);
    return new Custodian(parts, new Tenure(environment, worker, lease));
  }

  /** That one looks after the runs from now on. */
  void become(Custodian fresh) {
    current = fresh;
    // Asked when it can be found: whoever drains meanwhile finds it, or is seen here.
    if (draining) {
      fresh.takeNoMore();
    }
  }

  /** No worker of this node takes a run any more. */
  void drain() {
    draining = true;
    Custodian custodian = current;
    if (custodian != null) {
      custodian.takeNoMore();
    }
  }

  boolean isDraining() {
    return draining;
  }

  /** A worker that came too late: it owns nothing. */
  void retire(Custodian unused) {
    unused.tenure().end();
    try {
      environment.storage().retire(unused.worker());
    } catch (RuntimeException e) {
      LOG.info("worker {} dies with its lease: {}", unused.worker(), e.getMessage());
    }
  }

  /** The node does not start. */
  void leave() {
    current = null;
  }

  /** Whether a worker of this node is registered, and was confirmed within the last lease. */
  boolean isConfirmed() {
    Custodian custodian = current;
    return custodian != null && custodian.tenure().lease().isHeld();
  }

  /** Whether the thread of heartbeats has gone round within that time. */
  boolean isBeating(Duration within) {
    return environment.machine().nanos() - wentRoundAt < within.toNanos();
  }

  void start() {
    wentRoundAt = environment.machine().nanos();
    environment.machine().startPrompt("world heartbeat", this::run);
  }

  void close() {
    closed = true;
    ended.ring();
    parts.census().close();
  }

  private void run() {
    next = environment.machine().nanos() + period;
    guard.rounds(ended, () -> closed, this::restAndBeat);
  }

  private void restAndBeat() throws InterruptedException {
    long now = environment.machine().nanos();
    if (ended.rest(() -> closed, Duration.ofNanos(next - now))) {
      return;
    }
    // From beat to beat, however long one takes; after a hold-up they are not made up for.
    next = Math.max(next, environment.machine().nanos() - period) + period;
    boolean unused = beating.round(this::beat);
    wentRoundAt = environment.machine().nanos();
  }

  /** One heartbeat: one statement, unless this worker turns out to be over. */
  private void beat() {
    Custodian custodian = current;
    boolean isOver = custodian != null && custodian.tenure().isOver();
    // Asked in that order: a node that closes says so before it ends its tenure.
    if (custodian == null || closed) {
      return;
    }
    if (isOver) {
      replace(register());
      return;
    }
    Lease lease = custodian.tenure().lease();
    Optional<RunCustody.Pulse> pulse = Optional.empty();
    long sentAt = environment.machine().nanos();
    BeatEvent event = Flight.beat();
    boolean isAnswered = false;
    try {
      pulse = environment.storage().beat(custodian.worker(), leaseTime, lease.mayJudge());
      isAnswered = true;
    } finally {
      if (event != null) {
        event.over(custodian.worker().value());
      }
      if (!isAnswered) {
        lease.missed();
        if (!lease.isHeld()) {
          parts.census().over();
        }
      }
    }
    if (pulse.isPresent()) {
      renewed(custodian, pulse.get(), sentAt);
    } else if (!closed && !custodian.tenure().isOver()) {
      LOG.warn(
          "worker {} was declared dead; its runs are detached and a new worker takes its place",
          custodian.worker());
      lose(custodian);
      replace(register());
    }
  }

  private void renewed(Custodian custodian, RunCustody.Pulse pulse, long sentAt) {
    environment.clock().set(pulse.storeTime(), sentAt);
    boolean wasSafe = custodian.tenure().lease().isSafe();
    custodian.tenure().lease().renewed(sentAt);
    if (!wasSafe) {
      // Meanwhile nobody has looked.
      parts.sweeps().soon();
    }
    custodian.drained(pulse.drained());
    custodian.held(pulse.held());
    parts.census().answered(custodian.worker(), pulse.first());
    if (pulse.prunes()) {
      parts.retainer().due();
    }
    if (!pulse.dead().isEmpty()) {
      LOG.warn("declared dead, because their leases ran out: {}", pulse.dead());
      custodian.mayHaveOrphans(true);
      parts.sweeps().soon();
      parts.streams().rescue(pulse.dead(), custodian.worker());
    }
  }

  /** The lease of a worker is gone: it is over. */
  private void lose(Custodian lost) {
    parts.census().over();
    lost.tenure().end();
    lost.detachAll();
    // On a thread of its own: a slow queue must not hold up the next registration.
    environment.machine().start("hint listener", () -> lost.stopListening(Duration.ofSeconds(1)));
  }

  /** Puts a new custodian in the place of one that is over, unless the node closes. */
  private void replace(Custodian fresh) {
    if (lifecycle.whileRunning(() -> become(fresh))) {
      fresh.open();
      parts.sweeps().soon();
    } else {
      retire(fresh);
    }
  }
}
