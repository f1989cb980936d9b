package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.engine.time.EngineThreads;
import dev.fantasticfour.world.core.engine.time.LoopGuard;
import dev.fantasticfour.world.core.engine.time.Refusals;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.core.rules.RunEnd;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the ends of runs. Nobody asks: ends are announced, by the workers of this process
 * directly and by all others over a channel, and the results of all that were announced meanwhile
 * are read at once. Waiting costs no thread and no statement, however many wait.
 *
 * <p>Announcements are hints (law L4): every second while the channel is interrupted, and once it
 * is no longer, one read covers everybody; and every two seconds one covers those who have waited
 * for that long, since whoever was to announce an end may have died before it did.
 *
 * <p>Safe for any number of threads.
 */
public final class ResultWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ResultWatch.class);

  private static final Duration SAFETY_NET = Duration.ofSeconds(2);
  private static final Duration GLANCE = Duration.ofSeconds(1);
  private static final Duration AGAIN = Duration.ofMillis(500);
  private static final int MOST_PER_READ = 1_000;

  /** Where runs end by the thousand, a read for every few of them costs more than they do. */
  private static final Duration PAUSE = Duration.ofMillis(2);

  /** Somebody who waits for a run of which nobody knows yet whether there is one. */
  private record First(RunId run, CompletableFuture<RunEnd> waiter) {}

  private final Storage storage;
  private final String application;
  private final Duration glance;
  private final long glancesPerLook;
  private final Waiters waiters = new Waiters();
  private final ExpectedEnds expected = new ExpectedEnds();
  private final EndChannels channels;
  private final ThreadFactory firsts;
  private final FoldedCalls<RunId> reads =
      new FoldedCalls<>("world-results", MOST_PER_READ, PAUSE, this::read);
  private final FoldedCalls<First> firstAgain;
  private final ScheduledThreadPoolExecutor timer = EngineThreads.timer("world-results-timer");
  private final AtomicBoolean armed = new AtomicBoolean();
  private final LoopGuard guard =
      new LoopGuard(LOG, "looking for ended runs", "it is done again a second later");
  private final LoopGuard starting =
      new LoopGuard(LOG, "starting a thread for those who wait for runs", "it is tried again");

  // Of the timer's one thread.
  private long glances;
  private Set<RunId> awaitedBefore = Set.of();

  public ResultWatch(Storage storage, Streamer streamer, WorldConfig config) {
    this(storage, streamer, config.application(), SAFETY_NET);
  }

  ResultWatch(Storage storage, Streamer streamer, String application, Duration safetyNet) {
    this(
        storage,
        streamer,
        application,
        safetyNet,
        body -> EngineThreads.virtual("world-result-first", body));
  }

  /**
   * @param firsts makes the threads on which a run is looked at first
   */
  ResultWatch(
      Storage storage,
      Streamer streamer,
      String application,
      Duration safetyNet,
      ThreadFactory firsts) {
    this.storage = storage;
    this.firsts = firsts;
    this.firstAgain =
        new FoldedCalls<>(
            "world-result-first", MOST_PER_READ, Duration.ZERO, this::confirm, firsts);
    this.application = application;
    this.glance = GLANCE.compareTo(safetyNet) < 0 ? GLANCE : safetyNet;
    this.glancesPerLook = Math.max(1, safetyNet.dividedBy(glance));
    this.channels = new EndChannels(streamer, this::ended, this::lookForAll);
  }

  /**
   * Tells everybody who waits, in this process and in others, that a run of this application has
   * ended. Call it after the append that ended it. Never blocks, never fails.
   *
   * @param end how, if that is known: then who waits in this process has it at once
   */
  public void announce(RunId run, @Nullable RunEnd end) {
    if (end == null) {
      announce(run, application);
    } else {
      expected.ended(end);
      waiters.complete(end);
      channels.announce(run, application);
    }
  }

  /**
   * The same for a run of any application.
   *
   * @param taskQueue the run's
   */
  public void announce(RunId run, String taskQueue) {
    ended(run);
    channels.announce(run, taskQueue);
  }

  /** Tells those who wait in this process. */
  private void ended(RunId run) {
    expected.announced(run);
    if (waiters.isAwaited(run)) {
      reads.add(run);
    }
  }

  /**
   * The run, once it has ended. Cancel the future to wait no longer. Its dependents must be quick.
   *
   * @return fails with {@code RUN_NOT_FOUND}, {@code CLOSED}; it stays open while the store is away
   */
  CompletableFuture<RunEnd> of(RunId run) {
    CompletableFuture<RunEnd> waiter = enter(run);
    if (!waiter.isDone()) {
      First first = new First(run, waiter);
      if (!starting.round(() -> firsts.newThread(() -> confirm(List.of(first))).start())) {
        firstAgain.add(first);
      }
    }
    return waiter;
  }

  /**
   * Expects the end of a run of this application, to be asked for before the run begins and kept
   * for {@link #of(RunId, ExpectedEnds.Expected)}.
   */
  ExpectedEnds.Expected expect(RunId run) {
    return expected.expect(run, channels.coverage(application));
  }

  /**
   * The same for a run that was started here. The store is asked only if an end may have happened
   * that this process was not told of.
   */
  CompletableFuture<RunEnd> of(RunId run, ExpectedEnds.Expected expectation) {
    CompletableFuture<RunEnd> end = expectation.end();
    if (end.isDone()) {
      return end.copy();
    }
    CompletableFuture<RunEnd> waiter = enter(run);
    if (end.isDone()) {
      waiter.complete(end.join());
    } else if (expectation.isAnnounced()
        || !channels.isCoveredSince(expectation.coverage(), application)) {
      reads.add(run);
    }
    return waiter;
  }

  /** Fails everybody who waits with {@code CLOSED}. Idempotent. */
  @Override
  public void close() {
    timer.shutdownNow();
    channels.close();
    waiters.close(
        new WorldException(
            ErrorCode.CLOSED,
            "the world was closed while waiting for a result; that is nothing to the run"));
  }

  /** Only after this may the run be looked at: whatever comes later is announced to the waiter. */
  private CompletableFuture<RunEnd> enter(RunId run) {
    CompletableFuture<RunEnd> waiter = waiters.add(run);
    if (!waiter.isDone()) {
      channels.listen(application);
      if (!starting.round(this::arm)) {
        waiter.completeExceptionally(
            new WorldException(
                ErrorCode.UNAVAILABLE,
                "no thread could be started to wait for run "
                    + run
                    + "; that is nothing to the"
                    + " run, ask again"));
      }
    }
    return waiter;
  }

  /** Sees whether there are such runs; what the store does not say now it is asked again. */
  private void confirm(List<First> unconfirmed) {
    for (int i = 0; i < unconfirmed.size(); i++) {
      boolean isAnswered = false;
      try {
        isAnswered = isAnswered(unconfirmed.get(i));
      } finally {
        if (!isAnswered) {
          List<First> rest = List.copyOf(unconfirmed.subList(i, unconfirmed.size()));
          later(AGAIN, () -> firstAgain.addAll(rest));
        }
      }
      if (!isAnswered) {
        return;
      }
    }
  }

  private boolean isAnswered(First first) {
    CompletableFuture<RunEnd> waiter = first.waiter();
    if (waiter.isDone()) {
      return true;
    }
    try {
      Optional<RunRecord> found = storage.run(first.run());
      if (found.isEmpty()) {
        waiter.completeExceptionally(RunReads.notFound(first.run()));
      } else if (found.get().status().isFinal()) {
        waiter.complete(RunEnd.of(found.get()));
      } else {
        // When it is another application's: the beginning of listening counts as a gap, so that
        // an end between the read and now is found.
        channels.listen(found.get().taskQueue());
      }
    } catch (WorldException e) {
      if (e.code().kind() == ErrorCode.Kind.BUG) {
        // Nobody expects that, so that it may be a moment's: it is said, and asked again.
        throw e;
      }
      if (Refusals.mayPass(e)) {
        return false;
      }
      waiter.completeExceptionally(e);
    }
    return true;
  }

  private void lookForAll() {
    reads.addAll(waiters.runs());
  }

  private void read(List<RunId> announced) {
    List<RunId> wanted = announced.stream().filter(waiters::isAwaited).toList();
    if (wanted.isEmpty()) {
      return;
    }
    boolean isAnswered = false;
    try {
      storage.ended(new HashSet<>(wanted)).forEach(run -> waiters.complete(RunEnd.of(run)));
      isAnswered = true;
    } catch (WorldException e) {
      if (e.code().kind() == ErrorCode.Kind.CALLER && !Refusals.mayPass(e)) {
        wanted.forEach(run -> waiters.fail(run, e));
        isAnswered = true;
      } else if (e.code().kind() == ErrorCode.Kind.BUG) {
        throw e;
      }
    } finally {
      if (!isAnswered) {
        later(AGAIN, () -> reads.addAll(wanted));
      }
    }
  }

  private void arm() {
    if (!armed.get()) {
      // Before anything is put there: it would stay, and nobody would know.
      boolean unused = timer.prestartCoreThread();
      if (!armed.getAndSet(true)) {
        later(glance, this::tick);
      }
    }
  }

  /** A glance at the channel costs nobody anything; only what it does not tell is looked for. */
  private void tick() {
    armed.set(false);
    if (!waiters.runs().isEmpty()) {
      boolean unused = guard.round(this::glance);
      arm();
    }
  }

  private void glance() {
    reads.addNothing();
    firstAgain.addNothing();
    glances++;
    if (channels.isInterrupted()) {
      channels.retry();
      lookForAll();
    } else if (glances % glancesPerLook == 0) {
      channels.retry();
      lookForPatientOnes();
    }
  }

  /** Nobody may have been left to announce an end; who waits for less long is not looked for. */
  private void lookForPatientOnes() {
    Set<RunId> all = waiters.runs();
    reads.addAll(all.stream().filter(awaitedBefore::contains).toList());
    awaitedBefore = all;
  }

  private void later(Duration delay, Runnable task) {
    try {
      timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // Closed meanwhile: nobody waits any more.
    }
  }
}
