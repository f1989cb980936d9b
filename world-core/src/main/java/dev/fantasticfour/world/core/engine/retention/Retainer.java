package dev.fantasticfour.world.core.engine.retention;

import dev.fantasticfour.world.api.config.RetentionPolicy;
import dev.fantasticfour.world.api.config.RetentionRule;
import dev.fantasticfour.world.core.engine.retention.RetentionRound.Outcome;
import dev.fantasticfour.world.core.engine.time.AlarmClock;
import dev.fantasticfour.world.core.engine.time.LoopGuard;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.port.Retention;
import dev.fantasticfour.world.core.port.Storage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes runs in the name of a worker, a page at a time, for a twentieth of the time of all
 * workers together. When a round is due stands in the store, and heartbeats say so: a pass is not
 * missed because processes live for a short time only, and where nothing is set there is neither a
 * statement nor a thread. Safe for any number of threads.
 */
public final class Retainer {

  private static final Logger LOG = LoggerFactory.getLogger(Retainer.class);

  /** Runs of a page. */
  static final int MOST = 200;

  /** Within that a round has ended, or whoever took it is lost. */
  private static final Duration WITHIN = Duration.ofMinutes(2);

  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

  /** As many times as a round took there is a rest afterwards. */
  private static final int RESTS = 19;

  /** Runs are looked at once a day, or as often as any is kept for. */
  private static final Duration PERIOD = Duration.ofDays(1);

  /** What was not archived is tried again sooner. */
  private static final Duration AGAIN = Duration.ofMinutes(10);

  private final Storage storage;
  private final Machine machine;
  private final AlarmClock alarms;
  private final InstantSource clock;
  private final RetentionRound round;
  private final BooleanSupplier idle;
  private final LoopGuard guard;
  private final Runnable sleeper = this::due;
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile boolean closed;

  /** Of whoever is at it. */
  private volatile int limit = MOST;

  /**
   * @param clock the store's
   * @param idle whether there is time for it now
   */
  public Retainer(
      Storage storage,
      Machine machine,
      AlarmClock alarms,
      InstantSource clock,
      RetentionRound round,
      BooleanSupplier idle) {
    this.storage = storage;
    this.machine = machine;
    this.alarms = alarms;
    this.clock = clock;
    this.round = round;
    this.idle = idle;
    this.guard =
        new LoopGuard(
            machine, LOG, "deleting runs that were kept for long enough", "it is tried again");
  }

  /**
   * Sets in the store what a configuration says; rules of workflows that it does not name stay. Off
   * takes all of them back.
   */
  public void configure(@Nullable RetentionPolicy configured) {
    if (configured == null) {
      return;
    }
    Map<String, RetentionRule> known = storage.retention().policy().rules();
    if (configured.rules().isEmpty()) {
      known.keySet().forEach(workflow -> storage.retain(workflow, null));
    }
    configured
        .rules()
        .forEach(
            (workflow, rule) -> {
              if (!rule.equals(known.get(workflow))) {
                storage.retain(workflow, rule);
              }
            });
  }

  /** A round is due, as far as this worker knows. Quick. */
  public void due() {
    if (!closed && idle.getAsBoolean() && busy.compareAndSet(false, true)) {
      machine.start("world retention", this::work);
    }
  }

  private void work() {
    boolean isDone = false;
    try {
      isDone = guard.round(this::takeRound);
    } finally {
      // What was too much for the server may be less.
      limit = isDone ? Math.min(MOST, limit * 2) : Math.max(1, limit / 2);
      busy.set(false);
    }
  }

  private void takeRound() {
    Retention.Round taken = storage.beginRound(WITHIN).orElse(null);
    if (taken == null || closed) {
      return;
    }
    long begun = machine.nanos();
    Outcome outcome = round.take(taken.after(), limit);
    Duration took = Duration.ofNanos(machine.nanos() - begun);
    // Of one pass the first trouble stands until the next has begun.
    String before = taken.after() == null ? null : taken.trouble();
    String trouble = before == null ? outcome.trouble() : before;
    Duration pause =
        outcome.next() == null
            ? period(taken.policy(), trouble)
            : longer(SHORTEST_PAUSE, took.multipliedBy(RESTS));
    storage.endRound(outcome.next(), pause, outcome.deleted().size(), trouble);
    if (outcome.next() != null) {
      alarms.set(sleeper, clock.instant().plus(pause));
    } else if (trouble != null) {
      LOG.warn("runs that were kept for long enough are kept on: {}", trouble);
    }
  }

  private static Duration period(RetentionPolicy policy, @Nullable String trouble) {
    Duration most = trouble == null ? PERIOD : AGAIN;
    return policy.shortest().filter(kept -> kept.compareTo(most) < 0).orElse(most);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  /** Begins no more rounds; one that is under way ends by itself. */
  public void close() {
    closed = true;
    alarms.set(sleeper, null);
  }
}
