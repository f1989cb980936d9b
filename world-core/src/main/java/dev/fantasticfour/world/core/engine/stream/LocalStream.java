package dev.fantasticfour.world.core.engine.stream;

import dev.fantasticfour.world.core.port.LiveStreams;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.LiveStreams.Written;
import dev.fantasticfour.world.core.port.StreamArchive.Section;
import dev.fantasticfour.world.core.port.StreamArchive.Then;
import dev.fantasticfour.world.core.port.WorkerId;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A stream that this process writes to: its share in a life, what is still to be sent, and who is
 * busy with it. A life is left for good before anything is said about another one; nobody sends
 * meanwhile. Safe for any number of threads; never blocks.
 */
final class LocalStream {

  private final StreamId stream;
  private final ReentrantLock lock = new ReentrantLock();
  private final LifeShare share = new LifeShare();
  private final Outbox outbox = new Outbox(share);
  private int holders;
  private boolean moving;

  LocalStream(StreamId stream) {
    this.stream = stream;
  }

  StreamId stream() {
    return stream;
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

  private void change(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }

  void hold(int more) {
    change(() -> holders += more);
  }

  /** Whether so much waits to be kept that it is not waited any longer. */
  boolean isMuch() {
    return look(share::isMuch);
  }

  boolean isEnded() {
    return look(outbox::isEnded);
  }

  boolean isMoving() {
    return look(() -> moving);
  }

  boolean isSending() {
    return look(outbox::isSending);
  }

  /** Whether somebody sends to it, or moves it. */
  boolean isBusy() {
    return look(() -> outbox.isSending() || moving);
  }

  /** Whether it has chunks that are not kept, or that are not sent. */
  boolean isHolding() {
    return look(() -> share.unkept() > 0 || !outbox.isEmpty());
  }

  /** Whether nobody needs it any more. */
  boolean isIdle() {
    return look(
        () -> holders <= 0 && !outbox.isSending() && !moving && share.isNone() && outbox.isEmpty());
  }

  // Sending
  // -----------------------------------------------------------------------------------------

  /** Takes chunks to be sent, unless there is no room for them. */
  boolean put(Sending next) {
    return look(() -> outbox.put(next));
  }

  /** Whether the streamer was away when something was sent last. */
  boolean isAway() {
    return look(outbox::isAway);
  }

  void away(boolean is) {
    change(() -> outbox.away(is));
  }

  /** Whether something is to be sent that nobody sends, and whose writer does not either. */
  boolean isUnattended() {
    return look(outbox::isUnattended);
  }

  /** Whether something of that writer is to be sent. */
  boolean isWaiting(LiveStreams.Writer writer) {
    return look(() -> outbox.has(writer));
  }

  /** Whether everything of that writer was sent. */
  boolean isStored(LiveStreams.Writer writer) {
    return look(() -> outbox.isStored(writer));
  }

  /**
   * Begins to send; no one else does until {@link #sent}.
   *
   * @param again whether although the streamer was away
   */
  boolean beginSending(boolean again) {
    return look(() -> outbox.begin(again));
  }

  void sent() {
    change(outbox::rest);
  }

  /** What is to be sent next, or null. */
  @Nullable Sending next() {
    return locked(outbox::first);
  }

  /** What is to be sent last as it looks now, or null. */
  @Nullable Sending last() {
    return locked(outbox::last);
  }

  /** The life to write in; 0 when there is none now. */
  long life() {
    return locked(share::life);
  }

  /** Nobody has said what became of it; it is to be sent again. */
  void unanswered(Sending sent) {
    change(() -> sent.unanswered(true));
  }

  /** It was written to a life, or not. */
  void wrote(long in, Sending sent, Written written) {
    change(() -> outbox.wrote(in, sent, written));
  }

  /** It cannot be written. Returns whether its writer thinks that it was. */
  boolean fail(Sending sent, RuntimeException failure) {
    return look(() -> outbox.fail(sent, failure));
  }

  /** Its writer waits no longer, and believes that it is written. Returns whether it may. */
  boolean accept(Sending sent) {
    return look(sent::accept);
  }

  /** Its writer waits no longer, and does not know whether it is written. */
  void withdraw(Sending sent) {
    change(() -> outbox.withdraw(sent));
  }

  /** What is sent next gets other indices than it may have got before. */
  void startAfresh() {
    change(outbox::startAfresh);
  }

  // Lives
  // -----------------------------------------------------------------------------------------

  /** That life is lost: nothing more is written in it. */
  void lose(long gone) {
    change(() -> share.lose(gone));
  }

  /** Begins to move to another life, or to leave; no one else does until {@link #moved}. */
  boolean beginMoving() {
    return look(() -> !moving && !share.isLive() && (moving = true));
  }

  /** Begins to end it: nobody sends any more. */
  boolean beginEnding() {
    return look(() -> !outbox.isSending() && !moving && !share.isLive() && (moving = true));
  }

  void moved() {
    change(() -> moving = false);
  }

  /** It may be written in that life from now on. Returns how many chunks nobody takes any more. */
  int live(long next, WorkerId by) {
    return locked(() -> share.live(next, by));
  }

  /** Who has entered the life that is left next. */
  void by(WorkerId next) {
    change(() -> share.by(next));
  }

  /** A life was opened in vain, or is left: from there on the next one is asked for. */
  int left(long gone) {
    return locked(() -> share.left(gone));
  }

  /** The archive has what was handed in. */
  void kept(Section section) {
    change(() -> share.kept(section));
  }

  /** The stream has ended; nothing is written here any more. */
  void end() {
    change(outbox::end);
  }

  /** What a move starts from: the life that is left, and what of it is not kept. */
  LifeShare.Snapshot snapshot() {
    return locked(() -> share.snapshot(outbox.inDoubt()));
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
    boolean isSending = outbox.isSending();
    if (all && !isSending) {
      outbox.abandon();
    }
    WorkerId by = share.worker();
    if (by == null || moving) {
      return null;
    }
    if (!isSending && (all || (holders <= 0 && outbox.isEmpty()))) {
      share.leaveInOneSection();
    }
    if (isSending || !share.isLeaving()) {
      return share.section(by, stream);
    }
    moving = true;
    // Others wait for this process, which does not know when it can send again.
    outbox.postpone();
    return share.snapshot(0).section(by, stream, new Then.Leave());
  }
}
