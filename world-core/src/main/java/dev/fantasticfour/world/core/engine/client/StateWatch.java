package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.api.PublishedState;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.StateRecord;
import dev.fantasticfour.world.api.workflow.StateType;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.Deadline;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.port.Announcements;
import dev.fantasticfour.world.core.port.RunViews;
import dev.fantasticfour.world.core.rules.RunEnd;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads what runs show, and waits for it. New values are announced, by the workers of this process
 * directly and by all others over a channel; announcements are hints, so that whoever waits looks
 * by itself every 30 seconds as well. Safe for any number of threads.
 */
public final class StateWatch implements AutoCloseable {

  private static final Duration SAFETY_NET = Duration.ofSeconds(30);
  private static final Duration AGAIN = Duration.ofMillis(500);

  private final Machine machine;
  private final RunViews storage;
  private final Chains chains;
  private final PayloadCodec codec;
  private final String application;
  private final ResultWatch results;
  private final LastLook lastLook;
  private final EndChannels channels;
  private final Bell bell;
  private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  StateWatch(
      Machine machine,
      RunViews storage,
      Chains chains,
      Announcements announcements,
      PayloadCodec codec,
      String application,
      ResultWatch results,
      LastLook lastLook) {
    this.machine = machine;
    this.storage = storage;
    this.chains = chains;
    this.codec = codec;
    this.application = application;
    this.results = results;
    this.lastLook = lastLook;
    this.bell = machine.bell();
    this.channels =
        new EndChannels(
            machine,
            announcements,
            EndChannels.News.SHOWN,
            message -> heard(new RunId(message)),
            this::missedSome);
  }

  /** Somebody who waits for a run. Each is one of its own. */
  private static final class Waiting {

    private final RunId run;
    private volatile boolean news;

    private Waiting(RunId run) {
      this.run = run;
    }
  }

  /**
   * Tells everybody who waits, here and elsewhere, that a run of this application shows new values.
   * Never blocks.
   */
  void announce(RunId run) {
    heard(run);
    channels.announce(run, application);
  }

  /** What a run shows under a name. */
  <T> Optional<PublishedState<T>> state(StateType<T> type, RunId run) {
    Optional<StateRecord> found = storage.state(run, type.name());
    if (found.isEmpty() && storage.run(run).isEmpty()) {
      throw RunReads.notFound(run);
    }
    return found.map(state -> read(type, state));
  }

  /** Waits until it shows what a test accepts, or until a run does so that goes on in its place. */
  <T> PublishedState<T> await(
      StateType<T> type, RunId run, Predicate<? super T> test, Duration patience) {
    Deadline deadline = Deadline.in(machine, patience);
    RunRecord known = chains.newest(run);
    RunId at = known.id();
    while (true) {
      Seen<T> seen = await(type, at, known.taskQueue(), test, patience, deadline);
      switch (seen) {
        case Seen.Shown<T> shown -> {
          return shown.state();
        }
        case Seen.HandedOver<T> over -> at = over.next();
      }
    }
  }

  private <T> Seen<T> await(
      StateType<T> type,
      RunId run,
      String taskQueue,
      Predicate<? super T> test,
      Duration patience,
      Deadline deadline) {
    Waiting me = new Waiting(run);
    waiting.add(me);
    CompletableFuture<RunEnd> end = results.of(run);
    try {
      channels.listen(taskQueue);
      var unused = end.whenComplete((ended, thrown) -> bell.ring());
      while (true) {
        me.news = false;
        boolean ended = end.isDone();
        Look<T> look = look(type, run);
        PublishedState<T> shown = look.shown();
        if (shown != null && accepts(test, shown)) {
          return new Seen.Shown<>(shown);
        }
        RunId next =
            ended && look.isAnswered() && !closed ? WaitFailures.valueOf(end).next() : null;
        if (next != null) {
          return new Seen.HandedOver<>(next);
        }
        // What a run showed last is not known while the store is away.
        refuse(type, run, patience, ended && look.isAnswered() ? end : null, deadline);
        rest(me, look.isAnswered() ? end : null, deadline);
      }
    } finally {
      waiting.remove(me);
      end.cancel(false);
    }
  }

  /** Has everybody who waits refused with {@code CLOSED}. Idempotent. */
  @Override
  public void close() {
    closed = true;
    bell.ring();
    channels.close();
  }

  /** What waiting for one run came to. */
  private sealed interface Seen<T> {

    /** It shows what is waited for. */
    record Shown<T>(PublishedState<T> state) implements Seen<T> {}

    /** It will show nothing more; another one goes on. */
    record HandedOver<T>(RunId next) implements Seen<T> {}
  }

  /**
   * What a look came to.
   *
   * @param shown what the run shows, if the store said so
   * @param isAnswered whether it said anything
   */
  private record Look<T>(@Nullable PublishedState<T> shown, boolean isAnswered) {}

  /** A store that is away for a moment is asked again. */
  private <T> Look<T> look(StateType<T> type, RunId run) {
    try {
      Optional<StateRecord> found = storage.state(run, type.name());
      return new Look<>(found.map(state -> read(type, state)).orElse(null), true);
    } catch (WorldException e) {
      if (e.code().kind() != ErrorCode.Kind.TRANSIENT) {
        throw e;
      }
      return new Look<>(null, false);
    }
  }

  private <T> PublishedState<T> read(StateType<T> type, StateRecord state) {
    return new PublishedState<>(
        codec.decode(state.value(), type.value()), state.position(), state.publishedAt());
  }

  @SuppressWarnings("NullAway") // null exactly where null was published
  private static <T> boolean accepts(Predicate<? super T> test, PublishedState<T> state) {
    return test.test(state.value());
  }

  private void refuse(
      StateType<?> type,
      RunId run,
      Duration patience,
      @Nullable CompletableFuture<RunEnd> end,
      Deadline deadline) {
    if (closed) {
      throw new WorldException(
          ErrorCode.CLOSED,
          "the world was closed while waiting for a state; that is nothing to the run");
    }
    if (end != null) {
      throw new WorldException(
          ErrorCode.RUN_ENDED,
          "run "
              + run
              + " has ended ("
              + WaitFailures.valueOf(end).status().word()
              + ") and shows no '"
              + type.name()
              + "' of the kind that is waited for");
    }
    if (deadline.isOver()) {
      throw new WorldException(
          ErrorCode.TIMED_OUT,
          "run "
              + run
              + " did not show a '"
              + type.name()
              + "' of the kind that is waited for within "
              + patience
              + ": "
              + lastLook.doing(run));
    }
  }

  /**
   * @param end of the run; null while the store is away, which nobody tells of its return
   */
  private void rest(Waiting me, @Nullable CompletableFuture<RunEnd> end, Deadline deadline) {
    Duration left = deadline.left();
    Duration most = end == null ? AGAIN : SAFETY_NET;
    try {
      boolean heard =
          bell.await(
              () -> closed || (end != null && (me.news || end.isDone())),
              left.compareTo(most) < 0 ? left : most);
      if (!heard) {
        channels.retry();
      }
    } catch (InterruptedException e) {
      throw WaitFailures.interrupted(me.run, e);
    }
  }

  private void heard(RunId run) {
    boolean awaited = false;
    for (Waiting each : waiting) {
      if (each.run.equals(run)) {
        each.news = true;
        awaited = true;
      }
    }
    if (awaited) {
      bell.ring();
    }
  }

  private void missedSome() {
    waiting.forEach(each -> each.news = true);
    bell.ring();
  }
}
