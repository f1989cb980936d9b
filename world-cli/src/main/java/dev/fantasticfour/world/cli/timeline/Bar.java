package dev.fantasticfour.world.cli.timeline;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one thing in a run did over time.
 *
 * @param name what it is called
 * @param note what is said beside it: attempts, and how it ended
 * @param pieces in the order in which they are drawn, later ones over earlier ones
 */
public record Bar(String name, String note, List<Piece> pieces) {

  public Bar {
    pieces = List.copyOf(pieces);
  }

  /** What happened in a piece, and the letter it is drawn with. */
  public enum Mark {
    /** Something executes. */
    RUNNING('='),
    /** It waits, and nothing executes. */
    WAITING('-'),
    /** An attempt has failed, and the next one is not due. */
    PAUSING('.'),
    /** An attempt failed. */
    FAILED('x'),
    /** An attempt came to nothing: its worker died or gave it up, and another began it again. */
    TAKEN_OVER('!'),
    /** A payload arrived. */
    RECEIVED('o'),
    /** It ended, one way or another. */
    ENDED('|'),
    /** It goes on. */
    OPEN('>');

    private final char letter;

    Mark(char letter) {
      this.letter = letter;
    }

    /** How it is drawn. */
    public char letter() {
      return letter;
    }
  }

  /**
   * A part of it; a moment where both times are the same.
   *
   * @param to null = until now
   */
  public record Piece(Mark mark, Instant from, @Nullable Instant to) {

    /** At one moment. */
    static Piece at(Mark mark, Instant time) {
      return new Piece(mark, time, time);
    }
  }
}
