package dev.fantasticfour.world.core.engine.stream;

import dev.fantasticfour.world.core.port.LiveStreams;
import dev.fantasticfour.world.core.port.LiveStreams.Written;
import dev.fantasticfour.world.core.port.StreamArchive;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is to be sent to the streamer, in its order. What becomes of it goes to the share in the
 * life: chunks that were stored, and indices that may have been given. Guarded by {@link
 * LocalStream}.
 */
final class Outbox {

  /** More than that is not held back: who writes waits. */
  private static final long MOST_BYTES = 8L << 20;

  private final LifeShare share;
  private final ArrayDeque<Sending> sendings = new ArrayDeque<>();
  private long bytes;
  private long indices;

  /** Who wrote what was held here when this process closed. */
  private final Set<LiveStreams.Writer> abandoned = new HashSet<>();

  /** Whether somebody sends what is first. */
  private boolean sending;

  /** Whether the streamer was away when something was sent last. */
  private boolean away;

  private boolean ended;

  Outbox(LifeShare share) {
    this.share = share;
  }

  boolean isEmpty() {
    return sendings.isEmpty();
  }

  /** Whether the stream has ended, so that nothing is taken any more. */
  boolean isEnded() {
    return ended;
  }

  boolean isSending() {
    return sending;
  }

  boolean isAway() {
    return away;
  }

  void away(boolean is) {
    away = is;
  }

  /** Whether something is to be sent that nobody sends, and whose writer does not either. */
  boolean isUnattended() {
    Sending first = first();
    return first != null && !sending && (away || first.isAccepted());
  }

  /** Whether something of that writer is to be sent. */
  boolean has(LiveStreams.Writer writer) {
    return sendings.stream().anyMatch(sending -> sending.writer().equals(writer));
  }

  /** Whether everything of that writer was sent. */
  boolean isStored(LiveStreams.Writer writer) {
    return !has(writer) && !abandoned.contains(writer);
  }

  /** Takes chunks to be sent, or answers them; false when there is no room for them. */
  boolean put(Sending next) {
    if (ended) {
      next.answer(new Written.Ended());
      return true;
    }
    if (share.bytes() + bytes >= MOST_BYTES
        || share.unkept() + indices + next.indices() > StreamArchive.MOST_UNKEPT) {
      return false;
    }
    sendings.add(next);
    bytes += next.bytes();
    indices += next.indices();
    return true;
  }

  /** Begins to send, unless somebody does. */
  boolean begin(boolean again) {
    boolean begins = !sending && !sendings.isEmpty() && (again || !away);
    sending |= begins;
    return begins;
  }

  /** Nobody sends. */
  void rest() {
    sending = false;
  }

  /** What is to be sent next, or null. */
  @Nullable Sending first() {
    return sendings.peek();
  }

  /** What is to be sent last, or null. */
  @Nullable Sending last() {
    return sendings.peekLast();
  }

  /** How many indices what is sent next may have got already. */
  int inDoubt() {
    Sending first = first();
    return first != null && first.isUnanswered() ? first.indices() : 0;
  }

  /** What is sent next gets other indices than it may have got before. */
  void startAfresh() {
    Sending first = first();
    if (first != null) {
      first.unanswered(false);
    }
  }

  /** Likewise, and what it may have got stays in doubt. */
  void postpone() {
    Sending first = first();
    if (first != null) {
      share.doubt(first);
    }
  }

  /** It was written to a life, or not: whoever answered is there. */
  void wrote(long in, Sending sent, Written written) {
    away = false;
    switch (written) {
      case Written.Stored stored -> {
        share.wrote(sent, stored);
        done(sent, written);
      }
      case Written.Lost gone -> share.lose(in);
      case Written.Ended end -> end();
      case Written.Superseded superseded -> superseded(sent.writer(), superseded);
    }
  }

  /** Nothing of that writer is taken any more, whatever else it has here. */
  private void superseded(LiveStreams.Writer writer, Written.Superseded by) {
    List<Sending> its =
        sendings.stream().filter(sending -> sending.writer().equals(writer)).toList();
    its.forEach(sending -> done(sending, by));
  }

  private void done(Sending sent, Written written) {
    if (remove(sent)) {
      sent.answer(written);
    }
  }

  /** It cannot be written. Returns whether its writer thinks that it was. */
  boolean fail(Sending sent, RuntimeException failure) {
    if (!remove(sent)) {
      return false;
    }
    sent.fail(failure);
    sent.unanswered(true);
    share.doubt(sent);
    return sent.isAccepted();
  }

  /** Its writer waits no longer, and does not know whether it is written. */
  void withdraw(Sending sent) {
    boolean isUnderWay = sending && first() == sent;
    if (!isUnderWay && remove(sent)) {
      sent.fail(new CancellationException("whoever wrote it waits for it no longer"));
      share.doubt(sent);
    }
  }

  /** The stream has ended: nothing is sent any more. */
  void end() {
    ended = true;
    giveUp(sent -> sent.answer(new Written.Ended()));
    share.leave();
  }

  /** This process closes: what is held here is not sent any more. */
  void abandon() {
    giveUp(
        sent -> {
          abandoned.add(sent.writer());
          sent.fail(Sending.overHere());
        });
  }

  /** What somebody believes to be written stays in doubt. */
  private void giveUp(Consumer<Sending> why) {
    for (Sending next = first(); next != null; next = first()) {
      next.unanswered(next.isUnanswered() || next.isAccepted());
      share.doubt(next);
      boolean unused = remove(next);
      why.accept(next);
    }
  }

  /** Returns whether it was there. */
  private boolean remove(Sending sending) {
    boolean wasThere = sendings.remove(sending);
    if (wasThere) {
      bytes -= sending.bytes();
      indices -= sending.indices();
    }
    return wasThere;
  }
}
