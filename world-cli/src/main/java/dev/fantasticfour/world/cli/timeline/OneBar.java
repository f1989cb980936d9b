package dev.fantasticfour.world.cli.timeline;

import dev.fantasticfour.world.cli.timeline.Bar.Mark;
import dev.fantasticfour.world.cli.timeline.Bar.Piece;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A bar while its events are read. */
final class OneBar {

  private final String kind;
  private final List<Piece> pieces = new ArrayList<>();
  private String name = "";
  private String ending = "";
  private @Nullable Instant since;
  private @Nullable Instant pauseUntil;
  private Mark mark = Mark.WAITING;
  private int attempt;
  private int takenOver;
  private boolean isOver;

  /**
   * @param kind what it is, for one that has no name
   */
  OneBar(String kind) {
    this.kind = kind;
  }

  void named(@Nullable String given) {
    if (given != null && name.isEmpty()) {
      name = given;
    }
  }

  /** From now on it does something else. */
  void begin(Mark does, Instant at) {
    close(at);
    since = at;
    mark = does;
  }

  /** An attempt begins: the one before it has failed, or came to nothing where it is the same. */
  void attempt(int number, Instant at) {
    boolean isAgain = number == attempt && since != null && mark == Mark.RUNNING;
    begin(Mark.RUNNING, at);
    if (isAgain) {
      takenOver++;
      pieces.add(Piece.at(Mark.TAKEN_OVER, at));
    }
    attempt = number;
  }

  /** An attempt has come to its end that may have left nothing when it began. */
  void attempted(int number, @Nullable Instant began) {
    boolean isKnown = number == attempt && mark == Mark.RUNNING && since != null;
    attempt = Math.max(attempt, number);
    if (!isKnown && began != null) {
      begin(Mark.RUNNING, began);
    }
  }

  /** An attempt failed; of one that left nothing when it began, it began when it was due. */
  void retrying(int number, Instant at, @Nullable Instant retryAt) {
    attempt = Math.max(attempt, number);
    if (mark == Mark.PAUSING && pauseUntil != null && pauseUntil.isBefore(at)) {
      begin(Mark.RUNNING, pauseUntil);
    }
    begin(Mark.PAUSING, at);
    pauseUntil = retryAt;
    pieces.add(Piece.at(Mark.FAILED, at));
  }

  void received(Instant at) {
    begin(Mark.WAITING, at);
    pieces.add(Piece.at(Mark.RECEIVED, at));
  }

  void failed(Instant at, String how) {
    close(at);
    pieces.add(Piece.at(Mark.FAILED, at));
    ending = how;
    isOver = true;
  }

  void end(Instant at, String how) {
    close(at);
    pieces.add(Piece.at(Mark.ENDED, at));
    ending = how;
    isOver = true;
  }

  /** Its run has ended, and with it whatever had not. */
  void left(Instant at) {
    if (!isOver) {
      close(at);
      isOver = true;
    }
  }

  private void close(Instant at) {
    if (since != null) {
      // The clock of a worker may be ahead of the store's.
      pieces.add(new Piece(mark, since, at.isBefore(since) ? since : at));
      since = null;
    }
  }

  Bar bar() {
    List<Piece> all = new ArrayList<>(pieces);
    if (!isOver && since != null) {
      all.add(new Piece(mark, since, null));
    }
    // Moments last: a piece that begins where one ends must not hide it.
    all.sort((a, b) -> Boolean.compare(isMoment(a), isMoment(b)));
    return new Bar(name.isEmpty() ? kind : name, note(), all);
  }

  private static boolean isMoment(Piece piece) {
    return piece.from().equals(piece.to());
  }

  private String note() {
    List<String> parts = new ArrayList<>();
    if (attempt > 1) {
      parts.add(attempt + " attempts");
    }
    if (takenOver > 0) {
      parts.add("lost " + takenOver);
    }
    if (!ending.isEmpty()) {
      parts.add(ending);
    }
    return String.join(", ", parts);
  }
}
