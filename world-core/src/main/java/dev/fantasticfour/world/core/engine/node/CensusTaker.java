package dev.fantasticfour.world.core.engine.node;

import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.time.LoopGuard;
import dev.fantasticfour.world.core.observe.Occurrence;
import dev.fantasticfour.world.core.observe.StoreCounts;
import dev.fantasticfour.world.core.observe.StoreCounts.QueueCounts;
import dev.fantasticfour.world.core.port.Capability;
import dev.fantasticfour.world.core.port.Census;
import dev.fantasticfour.world.core.port.Queue;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells observers how everything in the store stands, as long as this node has the first of all
 * workers: so one process reports it, and another within a lease when that is gone. Where no
 * observer wants it nothing is asked. Safe for any number of threads.
 */
final class CensusTaker {

  private static final Logger LOG = LoggerFactory.getLogger(CensusTaker.class);

  /** How often it is counted. */
  static final Duration EVERY = Duration.ofSeconds(15);

  private final Environment environment;
  private final boolean isWanted;
  private final LoopGuard guard;
  private final AtomicBoolean busy = new AtomicBoolean();

  /** As which worker this node reports, or null. */
  private final AtomicReference<@Nullable WorkerId> reporter = new AtomicReference<>();

  private volatile boolean closed;

  /** Of the thread of heartbeats. */
  private long next;

  CensusTaker(Environment environment) {
    this.environment = environment;
    this.next = environment.machine().nanos();
    this.isWanted =
        environment.ports().observer().wantsStoreCounts()
            && !environment.storage().declined().contains(Capability.CENSUS);
    this.guard =
        new LoopGuard(
            environment.machine(), LOG, "counting what the store holds", "it is tried again");
  }

  /** A heartbeat was answered. Quick; one thread at a time. */
  void answered(WorkerId worker, boolean isFirst) {
    if (!isWanted) {
      return;
    }
    if (!isFirst) {
      over();
      return;
    }
    reporter.set(worker);
    long now = environment.machine().nanos();
    if (now - next >= 0 && busy.compareAndSet(false, true)) {
      // From time to time, whenever within a period the heartbeat came; what was missed is missed.
      next = now - next < EVERY.toNanos() ? next + EVERY.toNanos() : now + EVERY.toNanos();
      environment.machine().start("world census", () -> count(worker));
    }
    if (closed) {
      over();
    }
  }

  /** Nothing is reported any more. */
  void close() {
    closed = true;
    over();
  }

  /** This node reports no more: it is not the first, or not known to be. */
  void over() {
    WorkerId last = reporter.getAndSet(null);
    if (last != null) {
      environment.ports().observer().on(new Occurrence.StoreNotCounted(last.value()));
    }
  }

  private void count(WorkerId worker) {
    try {
      if (!guard.round(() -> tell(worker, counted()))) {
        // What was said last holds no more.
        environment.ports().observer().on(new Occurrence.StoreNotCounted(worker.value()));
      }
    } finally {
      busy.set(false);
    }
  }

  private void tell(WorkerId worker, StoreCounts counts) {
    environment.ports().observer().on(new Occurrence.StoreCounted(worker.value(), counts));
    if (!worker.equals(reporter.get())) {
      environment.ports().observer().on(new Occurrence.StoreNotCounted(worker.value()));
    }
  }

  private StoreCounts counted() {
    Census.Counts counts = environment.storage().census();
    return new StoreCounts(
        counts.open(),
        counts.stalled(),
        counts.failed(),
        counts.overdue(),
        counts.overdueFor(),
        counts.workers(),
        counts.bytes(),
        queues());
  }

  private Map<String, QueueCounts> queues() {
    String application = environment.config().application();
    Map<String, QueueCounts> queues = new HashMap<>();
    for (String name : List.of(application, Messages.stepQueue(application))) {
      try {
        Queue.Stats stats = environment.queue().stats(name);
        queues.put(name, new QueueCounts(stats.ready(), stats.oldestReady()));
      } catch (WorldException e) {
        LOG.debug("how queue {} stands is not known: {}", name, e.getMessage());
      }
    }
    return queues;
  }
}
