package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.fold.FoldSize;
import dev.fantasticfour.world.core.engine.fold.Folder;
import dev.fantasticfour.world.core.engine.time.LoopGuard;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.engine.time.TransientFailure;
import dev.fantasticfour.world.core.engine.time.UnexpectedFailure;
import dev.fantasticfour.world.core.port.Announcements;
import dev.fantasticfour.world.core.port.RunViews;
import dev.fantasticfour.world.core.rules.RunEnd;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
  private static final Duration AGAIN = Duration.ofMillis(500);
  private static final int MOST_PER_READ = 1_000;

  /** Where runs end by the thousand, a read for every few of them costs more than they do. */
  private static final Duration PAUSE = Duration.ofMillis(2);

  private final RunViews storage;
  private final String application;
  private final Waiters<RunId, RunEnd> waiters = new Waiters<>();
  private final ExpectedEnds expected = new ExpectedEnds();
  private final EndChannels channels;
  private final Folder<RunId, Folder.NoAnswer> reads;
  private final DelayedTasks delays;
  private final FirstLooks firstLooks;
  private final Glances<RunId> glances;
  private final LoopGuard starting;

  /**
   * @param announcements where ends are told of and heard of
   */
  public ResultWatch(
      Machine machine, RunViews storage, Announcements announcements, WorldConfig config) {
    this(machine, storage, announcements, config.application(), SAFETY_NET);
  }

  /**
   * @param safetyNet after what time the store is asked about a run though nothing is amiss
   */
  ResultWatch(
      Machine machine,
      RunViews storage,
      Announcements announcements,
      String application,
      Duration safetyNet) {
    this.starting =
        new LoopGuard(
            machine, LOG, "starting a thread for those who wait for runs", "it is tried again");
    this.storage = storage;
    this.application = application;
    this.channels = new EndChannels(machine, announcements, this::ended, this::lookForAll);
    this.reads =
        Folder.telling(
            machine,
            "world-results",
            "reading the ends of runs",
            FoldSize.<RunId>of(MOST_PER_READ).pausing(PAUSE),
            "they are read in a moment",
            this::read);
    this.delays = new DelayedTasks(machine);
    this.firstLooks = new FirstLooks(machine, storage, channels::listen, delays);
    this.glances = new Glances<>(machine, delays, channels, waiters, reads::addAll, safetyNet);
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
      waiters.complete(run, end);
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
      firstLooks.look(run, waiter);
    }
    return waiter;
  }

  /** Has the store asked for the end of a run, in case that it has ended. Never blocks. */
  void look(RunId run) {
    reads.add(run);
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
   *
   * @param expectation null for a run that was there before
   */
  CompletableFuture<RunEnd> of(RunId run, ExpectedEnds.@Nullable Expected expectation) {
    if (expectation == null) {
      return of(run);
    }
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
    delays.close();
    channels.close();
    waiters.close(
        new WorldException(
            ErrorCode.CLOSED,
            "the world was closed while waiting for a result; that is nothing to the run"));
  }

  /**
   * The run, once its end is announced; the store is not asked. Only after this may the run be
   * looked at: whatever comes later is announced to the waiter.
   */
  CompletableFuture<RunEnd> enter(RunId run) {
    CompletableFuture<RunEnd> waiter = waiters.add(run);
    if (!waiter.isDone()) {
      channels.listen(application);
      if (!starting.round(glances::begin)) {
        waiter.completeExceptionally(
            new WorldException(
                ErrorCode.UNAVAILABLE,
                "no thread could be started to wait for run "
                    + run
                    + "; that is nothing to the run, ask again"));
      }
    }
    return waiter;
  }

  private void lookForAll() {
    reads.addAll(waiters.keys());
  }

  private void read(List<RunId> announced) {
    List<RunId> wanted = announced.stream().filter(waiters::isAwaited).toList();
    if (wanted.isEmpty()) {
      return;
    }
    boolean isAnswered = false;
    try {
      storage
          .ended(new HashSet<>(wanted))
          .forEach(run -> waiters.complete(run.id(), RunEnd.of(run)));
      isAnswered = true;
    } catch (WorldException e) {
      if (e.code().kind() == ErrorCode.Kind.CALLER && !TransientFailure.mayPass(e)) {
        wanted.forEach(run -> waiters.fail(run, e));
        isAnswered = true;
      } else if (UnexpectedFailure.isBug(e)) {
        throw e;
      }
    } finally {
      if (!isAnswered) {
        delays.after(AGAIN, () -> reads.addAll(wanted));
      }
    }
  }
}
