package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.engine.client.UpdateAnswer.Key;
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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the answers to updates, as {@link ResultWatch} does for the ends of runs: answers that
 * this process appends are told at once, and of those of others it hears over a channel and reads
 * them then. Waiting costs no thread and no statement, but for a look at those who have waited for
 * half a minute.
 *
 * <p>Safe for any number of threads.
 */
final class UpdateWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(UpdateWatch.class);
  private static final Duration SAFETY_NET = Duration.ofSeconds(30);
  private static final Duration AGAIN = Duration.ofMillis(500);
  private static final int MOST_PER_READ = 100;

  private final RunViews storage;
  private final Waiters<Key, UpdateAnswer> waiters = new Waiters<>();
  private final EndChannels channels;
  private final Folder<Key, Folder.NoAnswer> reads;
  private final DelayedTasks delays;
  private final Glances<Key> glances;
  private final LoopGuard starting;
  private final String application;
  private final ResultWatch results;

  /**
   * @param application whose runs are waited for, as far as that is known
   * @param results hears of runs that hand over
   */
  UpdateWatch(
      Machine machine,
      RunViews storage,
      Announcements announcements,
      String application,
      ResultWatch results) {
    this.storage = storage;
    this.application = application;
    this.results = results;
    this.starting =
        new LoopGuard(
            machine, LOG, "starting a thread for those who wait for updates", "it is tried again");
    this.channels =
        new EndChannels(
            machine, announcements, EndChannels.News.ANSWERED, this::heard, this::lookForAll);
    this.reads =
        Folder.telling(
            machine,
            "world-updates",
            "reading the answers to updates",
            FoldSize.<Key>of(MOST_PER_READ),
            "they are read in a moment",
            this::read);
    this.delays = new DelayedTasks(machine);
    this.glances = new Glances<>(machine, delays, channels, waiters, reads::addAll, SAFETY_NET);
  }

  /**
   * Tells everybody who waits, in this process and in others, if that event answers an update.
   * Never blocks, never fails.
   *
   * @param taskQueue the run's
   */
  void announce(Event event, String taskQueue) {
    UpdateAnswer answer = UpdateAnswer.of(event);
    if (answer != null) {
      waiters.complete(answer.update(), answer);
      channels.announce(word(answer.update()), taskQueue);
    }
  }

  /**
   * Waits for an answer from now on; cancel the future to wait no longer. Whoever does not know
   * that there is none yet has to {@link #look}.
   *
   * @param taskQueue the run's, as far as that is known
   */
  CompletableFuture<UpdateAnswer> of(Key update, String taskQueue) {
    CompletableFuture<UpdateAnswer> waiter = waiters.add(update);
    if (!waiter.isDone()) {
      followFrom(update, waiter);
      channels.listen(taskQueue);
      if (!starting.round(glances::begin)) {
        waiter.completeExceptionally(
            new WorldException(
                ErrorCode.UNAVAILABLE,
                "no thread could be started to wait for update '"
                    + update.id()
                    + "'; that is nothing to the update, ask again"));
      }
    }
    return waiter;
  }

  /** When its run hands over, the answer is that of the run that goes on. */
  private void followFrom(Key update, CompletableFuture<UpdateAnswer> waiter) {
    CompletableFuture<RunEnd> end = results.enter(update.run());
    end.whenComplete(
        (ended, thrown) -> {
          if (ended != null && ended.next() != null) {
            follow(waiter, update, new Key(ended.next(), update.id()));
          }
        });
    waiter.whenComplete((answer, thrown) -> end.cancel(false));
  }

  private void follow(CompletableFuture<UpdateAnswer> waiter, Key asked, Key heir) {
    CompletableFuture<UpdateAnswer> next = of(heir, application);
    next.whenComplete(
        (answer, thrown) -> {
          if (answer != null) {
            waiter.complete(answer.to(asked));
          }
        });
    waiter.whenComplete((answer, thrown) -> next.cancel(false));
    // It may have answered, or handed over, just before it was waited for.
    look(heir);
  }

  /** Has the store asked for the answer, in case that there is one. Never blocks. */
  void look(Key update) {
    reads.add(update);
  }

  /** {@link EndChannels#coverage}. */
  long coverage(String taskQueue) {
    return channels.coverage(taskQueue);
  }

  /** {@link EndChannels#isCoveredSince}. */
  boolean isCoveredSince(long coverage, String taskQueue) {
    return channels.isCoveredSince(coverage, taskQueue);
  }

  /** Fails everybody who waits with {@code CLOSED}. Idempotent. */
  @Override
  public void close() {
    delays.close();
    channels.close();
    waiters.close(
        new WorldException(
            ErrorCode.CLOSED,
            "the world was closed while waiting for an update; that is nothing to the update"));
  }

  /** A run's id holds no slash, and what follows it is the update's. */
  private static String word(Key update) {
    return update.run() + "/" + update.id();
  }

  private void heard(String message) {
    int slash = message.indexOf('/');
    Key update = new Key(new RunId(message.substring(0, slash)), message.substring(slash + 1));
    if (waiters.isAwaited(update)) {
      reads.add(update);
    }
  }

  private void lookForAll() {
    reads.addAll(waiters.keys());
  }

  private void read(List<Key> announced) {
    for (int i = 0; i < announced.size(); i++) {
      boolean isAnswered = false;
      try {
        isAnswered = isAnswered(announced.get(i));
      } finally {
        if (!isAnswered) {
          List<Key> rest = List.copyOf(announced.subList(i, announced.size()));
          delays.after(AGAIN, () -> reads.addAll(rest));
        }
      }
      if (!isAnswered) {
        return;
      }
    }
  }

  /** Whether the store has said something. */
  private boolean isAnswered(Key update) {
    if (!waiters.isAwaited(update)) {
      return true;
    }
    try {
      UpdateAnswer.Found found = UpdateAnswer.find(storage, update);
      if (found.answer() != null) {
        waiters.complete(update, found.answer());
      } else if (!found.by().equals(update.run())) {
        results.look(update.run());
      }
    } catch (WorldException e) {
      if (e.code().kind() == ErrorCode.Kind.CALLER && !TransientFailure.mayPass(e)) {
        waiters.fail(update, e);
      } else if (UnexpectedFailure.isBug(e)) {
        throw e;
      } else {
        return false;
      }
    }
    return true;
  }
}
