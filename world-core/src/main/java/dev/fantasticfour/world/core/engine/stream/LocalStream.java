package dev.fantasticfour.world.core.engine.stream;

import dev.fantasticfour.world.core.port.StreamArchive;
import dev.fantasticfour.world.core.port.StreamArchive.Section;
import dev.fantasticfour.world.core.port.StreamArchive.Then;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.core.port.Streamer.Chunk;
import dev.fantasticfour.world.core.port.Streamer.StreamId;
import dev.fantasticfour.world.core.port.Streamer.Written;
import dev.fantasticfour.world.core.port.WorkerId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What this process knows of a stream it writes to: the life it writes in, the chunks of it that
 * are not kept yet, and those that are still to be sent. A life is left for good before anything is
 * said about another one; nobody sends meanwhile. Safe for any number of threads; never blocks.
 */
final class LocalStream {

  private static final int MOST_CHUNKS = 2_000;

  /** More than that is not held back: who writes waits. */
  private static final long MOST_BYTES = 8L << 20;

  private final StreamId stream;
  private final ReentrantLock lock = new ReentrantLock();
  private final UnkeptChunks unkept = new UnkeptChunks();
  private final Outbox outbox = new Outbox();
  private @Nullable WorkerId worker;

  /** The life that may be written in, 0 = none. */
  private long life;

  /** The life that is written in no more, but not left yet; 0 = none. */
  private long leaving;

  /** Whether the streamer, or somebody else, has found it lost. */
  private boolean lost;

  /** How many indices of that life may have been given to chunks that nobody knows of. */
  private long inDoubt;

  /** Who wrote what was held here when this process closed. */
  private final Set<Streamer.Writer> abandoned = new HashSet<>();

  private int holders;
  private boolean sending;
  private boolean moving;
  private boolean away;
  private boolean ended;

  LocalStream(StreamId stream) {
    this.stream = stream;
  }

  StreamId stream() {
    return stream;
  }

  /** Where a process stands with a stream. */
  record Standing(
      long life,
      @Nullable WorkerId worker,
      boolean isLost,
      List<Chunk> unkept,
      long inDoubt,
      long again) {

    /** All of it, to be handed in by that worker. */
    Section section(WorkerId by, StreamId stream, Then then) {
      return new Section(by, stream, life, unkept, inDoubt, then);
    }
  }

  private boolean look(BooleanSupplier state) {
    lock.lock();
    try {
      return state.getAsBoolean();
    } finally {
      lock.unlock();
    }
  }

  private <T extends @Nullable Object> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  void hold(int more) {
    boolean unused = look(() -> (holders += more) > 0);
  }

  /** Whether so much waits to be kept that it is not waited any longer. */
  boolean isMuch() {
    return look(unkept::isMuch);
  }

  boolean isEnded() {
    return look(() -> ended);
  }

  boolean isMoving() {
    return look(() -> moving);
  }

  boolean isSending() {
    return look(() -> sending);
  }

  /** Whether somebody sends to it, or moves it. */
  boolean isBusy() {
    return look(() -> sending || moving);
  }

  /** Whether it has chunks that are not kept, or that are not sent. */
  boolean isHolding() {
    return look(() -> unkept.size() > 0 || !outbox.isEmpty());
  }

  /** Whether nobody needs it any more. */
  boolean isIdle() {
    return look(
        () -> holders <= 0 && !sending && !moving && life == 0 && leaving == 0 && outbox.isEmpty());
  }

  // Sending
  // -----------------------------------------------------------------------------------------

  /** Takes chunks to be sent, unless there is no room for them. */
  boolean put(Sending next) {
    return look(
        () -> {
          if (ended) {
            next.answer(new Written.Ended());
            return true;
          }
          long indices = unkept.size() + outbox.indices() + next.indices();
          if (unkept.bytes() + outbox.bytes() >= MOST_BYTES
              || indices > StreamArchive.MOST_UNKEPT) {
            return false;
          }
          outbox.add(next);
          return true;
        });
  }

  /** Whether the streamer was away when something was sent last. */
  boolean isAway() {
    return look(() -> away);
  }

  void away(boolean is) {
    boolean unused = look(() -> away = is);
  }

  /** Whether something is to be sent that nobody sends. */
  boolean isWaiting() {
    return look(() -> !sending && !outbox.isEmpty());
  }

  /** Whether something of that writer is to be sent. */
  boolean isWaiting(Streamer.Writer writer) {
    return look(() -> outbox.has(writer));
  }

  /** Whether everything of that writer was sent. */
  boolean isStored(Streamer.Writer writer) {
    return look(() -> !outbox.has(writer) && !abandoned.contains(writer));
  }

  /**
   * Begins to send; no one else does until {@link #sent}.
   *
   * @param again whether although the streamer was away
   */
  boolean beginSending(boolean again) {
    return look(() -> !sending && !outbox.isEmpty() && (again || !away) && (sending = true));
  }

  void sent() {
    boolean unused = look(() -> sending = false);
  }

  /** What is to be sent next, or null. */
  @Nullable Sending next() {
    return locked(outbox::first);
  }

  /** The life to write in; 0 when there is none now. */
  long life() {
    return locked(() -> life);
  }

  /** Nobody has said what became of it; it is to be sent again. */
  void unanswered(Sending sent) {
    boolean unused =
        look(
            () -> {
              sent.unanswered(true);
              return true;
            });
  }

  /** It was written to a life, or not. */
  void wrote(long in, Sending sent, Written written) {
    boolean unused =
        look(
            () -> {
              switch (written) {
                case Written.Stored stored -> {
                  unkept.add(sent.writer(), sent.chunks(), stored);
                  done(sent, written);
                }
                case Written.Lost gone -> loseNow(in);
                case Written.Ended end -> endNow();
                case Written.Superseded superseded -> done(sent, written);
              }
              return true;
            });
  }

  private void done(Sending sent, Written written) {
    if (outbox.remove(sent)) {
      sent.answer(written);
    }
  }

  /** What may have got an index gets no other in the same life. */
  private void doubt(Sending sent) {
    if (sent.isUnanswered()) {
      inDoubt += sent.indices();
      sent.unanswered(false);
    }
  }

  /** It cannot be written. Returns whether its writer thinks that it was. */
  boolean fail(Sending sent, RuntimeException failure) {
    return look(
        () -> {
          if (!outbox.remove(sent)) {
            return false;
          }
          sent.fail(failure);
          sent.unanswered(true);
          doubt(sent);
          return sent.isAccepted();
        });
  }

  /** Its writer waits no longer, and believes that it is written. Returns whether it may. */
  boolean accept(Sending sent) {
    return look(
        () -> {
          if (sent.isDone()) {
            return false;
          }
          sent.accept();
          return true;
        });
  }

  /** Its writer waits no longer, and does not know whether it is written. */
  void withdraw(Sending sent) {
    boolean unused =
        look(
            () -> {
              boolean isFirst = sending && outbox.first() == sent;
              if (!isFirst && outbox.remove(sent)) {
                doubt(sent);
              }
              return true;
            });
  }

  // Lives
  // -----------------------------------------------------------------------------------------

  /** That life is lost: nothing more is written in it. */
  void lose(long gone) {
    boolean unused = look(() -> loseNow(gone));
  }

  private boolean loseNow(long gone) {
    if (life == gone) {
      leave(true);
    }
    return true;
  }

  private void leave(boolean isLost) {
    leaving = life;
    lost = isLost;
    life = 0;
  }

  /** Begins to move to another life, or to leave; no one else does until {@link #moved}. */
  boolean beginMoving() {
    return look(() -> !moving && life == 0 && (moving = true));
  }

  /** Begins to end it: nobody sends any more. */
  boolean beginEnding() {
    return look(() -> !sending && !moving && life == 0 && (moving = true));
  }

  void moved() {
    boolean unused = look(() -> moving = false);
  }

  /** It may be written in that life from now on. Returns how many chunks nobody takes any more. */
  int live(long next, WorkerId by) {
    return locked(
        () -> {
          int dropped = next == leaving ? 0 : dropAll();
          life = next;
          leaving = 0;
          lost = false;
          worker = by;
          return dropped;
        });
  }

  /** Who has entered the life that is left next. */
  void by(WorkerId next) {
    boolean unused = look(() -> (worker = next) != null);
  }

  /** A life was opened in vain, or is left: from there on the next one is asked for. */
  int left(long gone) {
    return locked(
        () -> {
          leaving = gone;
          lost = gone > 0;
          return dropAll();
        });
  }

  private int dropAll() {
    inDoubt = 0;
    return unkept.drop();
  }

  /** The archive has what was handed in. */
  void kept(Section section) {
    boolean unused =
        look(
            () -> {
              unkept.kept(section.chunks());
              inDoubt = Math.max(0, inDoubt - section.inDoubt());
              return true;
            });
  }

  /** The stream has ended; nothing is written here any more. */
  void end() {
    boolean unused = look(this::endNow);
  }

  private boolean endNow() {
    ended = true;
    giveUp(sent -> sent.answer(new Written.Ended()));
    if (life > 0) {
      leave(lost);
    }
    return true;
  }

  /** Nothing is sent any more; what somebody believes to be written stays in doubt. */
  private void giveUp(Consumer<Sending> why) {
    for (Sending next = outbox.first(); next != null; next = outbox.first()) {
      next.unanswered(next.isUnanswered() || next.isAccepted());
      doubt(next);
      boolean unused = outbox.remove(next);
      why.accept(next);
    }
  }

  /** What a move starts from: the life that is left, and what of it is not kept. */
  Standing standing() {
    return locked(
        () -> {
          Sending first = outbox.first();
          long again = first != null && first.isUnanswered() ? first.indices() : 0;
          return new Standing(
              life > 0 ? life : leaving, worker, lost, unkept.all(), inDoubt, again);
        });
  }

  /** What is sent next gets other indices than it may have got before. */
  void startAfresh() {
    boolean unused =
        look(
            () -> {
              Sending first = outbox.first();
              if (first != null) {
                first.unanswered(false);
              }
              return true;
            });
  }

  /**
   * What there is to hand in now, or null. A stream that nobody holds, or that has ended, is left;
   * so is a life that is lost, and then {@link #moved} has to be called.
   *
   * @param all whether to leave although somebody holds it
   */
  @Nullable Section handIn(boolean all) {
    return locked(() -> handInNow(all));
  }

  private @Nullable Section handInNow(boolean all) {
    if (all && !sending) {
      giveUp(
          sent -> {
            abandoned.add(sent.writer());
            sent.fail(Sending.overHere());
          });
    }
    WorkerId by = worker;
    if (by == null || moving) {
      return null;
    }
    boolean isLeft = all || (holders <= 0 && outbox.isEmpty());
    if (life > 0 && !sending && unkept.size() <= MOST_CHUNKS && isLeft) {
      leave(false);
    }
    if (leaving > 0 && !sending) {
      moving = true;
      Sending first = outbox.first();
      if (first != null) {
        // Others wait for this process, which does not know when it can send that again.
        doubt(first);
      }
      return new Section(by, stream, leaving, unkept.all(), inDoubt, new Then.Leave());
    }
    long of = life > 0 ? life : leaving;
    return of == 0
        ? null
        : new Section(by, stream, of, unkept.first(MOST_CHUNKS), new Then.WriteOn());
  }
}
