package dev.fantasticfour.world.core.engine.fold;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.engine.time.Bell;
import dev.fantasticfour.world.core.engine.time.LoopGuard;
import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.engine.time.ThreadEnd;
import dev.fantasticfour.world.core.engine.time.UnexpectedFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one call of what many ask for at the same time: while a call is under way, the items for
 * the next one gather. So the load makes the calls, and no timer delays anybody. There is a thread
 * only while there is something to do, and whatever a call throws, the next one is made.
 *
 * <p><b>Concurrency.</b> Any number of threads ask; one call is under way at a time.
 *
 * @param <I> what is asked for
 * @param <O> what is answered
 */
public final class Folder<I, O extends @Nullable Object> {

  private static final Logger LOG = LoggerFactory.getLogger(Folder.class);

  private final Machine machine;
  private final String thread;
  private final String what;
  private final FoldSize<I> size;
  private final Call<I, O> call;
  private final LoopGuard guard;
  private final Bell answered;
  private final ReentrantLock lock = new ReentrantLock();

  /** By what tells one from the other: the item itself, where nobody waits for its answer. */
  private final Map<Object, PendingItem<I, O>> waiting = new LinkedHashMap<>();

  private boolean underWay;

  private Folder(
      Machine machine, String thread, String what, FoldSize<I> size, Call<I, O> call, String then) {
    this.machine = machine;
    this.thread = thread;
    this.what = what;
    this.size = size;
    this.call = call;
    this.guard = new LoopGuard(machine, LOG, what, then);
    this.answered = machine.bell();
  }

  /** One call. */
  @FunctionalInterface
  public interface Call<I, O extends @Nullable Object> {

    /** Answers each item, in their order. May block and may throw. */
    List<O> of(List<I> items);
  }

  /** The answer of a call that answers nothing. */
  public enum NoAnswer {
    /** It was made. */
    NONE
  }

  /** One call that answers nothing. */
  @FunctionalInterface
  public interface Telling<I> {

    /** Says all of them. May block and may throw. */
    void say(List<I> items);
  }

  /**
   * One whose callers wait for their answers.
   *
   * @param thread the name of its threads
   * @param what it does, as the subject of a sentence
   */
  public static <I, O extends @Nullable Object> Folder<I, O> asking(
      Machine machine, String thread, String what, FoldSize<I> size, Call<I, O> call) {
    return new Folder<>(machine, thread, what, size, call, "who asked is told");
  }

  /**
   * One whose callers go on at once.
   *
   * @param then what it means that a call failed, as a sentence without a full stop
   */
  public static <I> Folder<I, NoAnswer> telling(
      Machine machine, String thread, String what, FoldSize<I> size, String then, Telling<I> call) {
    return new Folder<>(
        machine,
        thread,
        what,
        size,
        items -> {
          call.say(items);
          return Collections.nCopies(items.size(), NoAnswer.NONE);
        },
        then);
  }

  /** Has an item go with the next call; one that waits already is not added again. */
  public void add(I item) {
    addAll(List.of(item));
  }

  /** The same for several. */
  public void addAll(Collection<? extends I> items) {
    enter(() -> items.forEach(item -> waiting.putIfAbsent(item, new PendingItem<>(item, false))));
  }

  /**
   * Has an item go with the next call, and waits for its answer.
   *
   * @throws WorldException what the call threw
   */
  public O ask(I item) throws InterruptedException {
    return askAll(List.of(item)).getFirst();
  }

  /** The same for several, which may go with different calls; fails when one of them does. */
  public List<O> askAll(List<? extends I> items) throws InterruptedException {
    List<PendingItem<I, O>> mine = new ArrayList<>(items.size());
    items.forEach(item -> mine.add(new PendingItem<>(item, true)));
    enter(() -> mine.forEach(asked -> waiting.put(asked, asked)));
    List<O> answers = new ArrayList<>(mine.size());
    for (PendingItem<I, O> asked : mine) {
      answered.await(asked::isDone);
      answers.add(asked.answer());
    }
    return answers;
  }

  /** Puts items where they wait; whoever is first has a thread call for all. */
  private void enter(Runnable put) {
    lock.lock();
    try {
      put.run();
      if (underWay || waiting.isEmpty()) {
        return;
      }
      underWay = true;
    } finally {
      lock.unlock();
    }
    machine.start(thread, this::callAll);
  }

  /** How many items wait for the next call. */
  public int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until everything is called. Returns whether that came in time. */
  public boolean awaitIdle(Duration patience) {
    try {
      return answered.await(this::isIdle, patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean isIdle() {
    lock.lock();
    try {
      return !underWay;
    } finally {
      lock.unlock();
    }
  }

  private void callAll() {
    for (List<PendingItem<I, O>> next = take(); !next.isEmpty(); next = take()) {
      List<PendingItem<I, O>> these = next;
      boolean unused = guard.round(() -> callAndPause(these));
    }
    answered.ring();
  }

  private void callAndPause(List<PendingItem<I, O>> asked) throws InterruptedException {
    try {
      callFor(asked);
    } finally {
      if (!size.pause().isZero()) {
        boolean unused = answered.await(() -> false, size.pause());
      }
    }
  }

  /** What goes with the next call; with nothing, this thread is no longer the one that calls. */
  private List<PendingItem<I, O>> take() {
    List<PendingItem<I, O>> taken = new ArrayList<>();
    long weight = 0;
    lock.lock();
    try {
      Iterator<PendingItem<I, O>> all = waiting.values().iterator();
      while (all.hasNext() && taken.size() < size.most() && weight < size.heaviest()) {
        PendingItem<I, O> next = all.next();
        all.remove();
        taken.add(next);
        weight += size.weight().applyAsLong(next.item());
      }
      underWay = !taken.isEmpty();
    } finally {
      lock.unlock();
    }
    return taken;
  }

  /** Whatever comes of it, whoever waits is answered. */
  private void callFor(List<PendingItem<I, O>> asked) {
    List<O> answers = List.of();
    WorldException failure =
        new WorldException(ErrorCode.CLOSED, what + " ended before it was answered");
    try {
      answers = call.of(asked.stream().map(PendingItem::item).toList());
      failure = answers.size() == asked.size() ? null : tooFew(answers.size(), asked.size());
    } catch (ThreadEnd e) {
      throw e;
    } catch (RuntimeException | Error e) {
      failure = UnexpectedFailure.of(what, e);
    } finally {
      for (int i = 0; i < asked.size(); i++) {
        asked.get(i).answer(failure == null ? answers.get(i) : null, failure);
      }
      answered.ring();
    }
    if (failure != null && asked.stream().noneMatch(PendingItem::isAwaited)) {
      throw failure;
    }
  }

  private WorldException tooFew(int answers, int items) {
    return new WorldException(
        ErrorCode.CONTRACT_VIOLATION,
        what + " gave " + answers + " answers to " + items + " items");
  }
}
