package dev.fantasticfour.world.core.port;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who did what by hand, and what came of it. Written by {@code core.operate.Operations}, which is
 * what operators act through; nothing of the engine writes here, and no run reads it.
 *
 * <p><b>Guarantees.</b> A deed is written down before it is done, and once more when it has ended:
 * one that stands as intended was interrupted, and may have been done. What has ended stays as it
 * ended. Entries are kept for {@link #KEPT_FOR} and go with what is written later: a store where
 * nobody acts pays nothing for it.
 *
 * <p><b>Concurrency.</b> Any number of threads and processes.
 *
 * <p><b>Failure.</b> As in {@link Storage}; repeating any of this is safe. A storage that declines
 * {@link Capability#AUDIT} refuses all of it.
 */
public interface Audit {

  /** How long an entry is kept at least. */
  Duration KEPT_FOR = Duration.ofDays(400);

  /**
   * Writes down how far a deed has come. It is known by its request: said once more with another
   * outcome it is the same entry, as long as that stood as intended.
   *
   * @param detail what came of it, for people; null when nothing is to be said
   * @return whether that is what stands there now and did not before
   */
  boolean audit(Deed deed, Outcome outcome, @Nullable String detail);

  /** Entries by when they were first written. */
  Page<Entry> audits(Which which, PageRequest page);

  /** How far a deed has come. */
  enum Outcome {
    /** It is to be done: what stays so was interrupted, and may have been done. */
    INTENDED,
    /** It was done, or there was nothing to do. */
    DONE,
    /** It could not be done, or not all of it. */
    FAILED,
    /** Whoever asked for it may not do it: nothing was done. */
    REFUSED;

    /** As it is stored and shown. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The outcome of a word.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static Outcome ofWord(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * What somebody does.
   *
   * @param requestId what it is known by
   * @param actor who does it
   * @param via what it is done with: {@code cli}, {@code console}
   * @param action the word of the action
   * @param target what it is done to: a run, a queue, a build; null when it is done to what matches
   * @param filter what has to match, as an operator writes it; null when it is done to one thing
   * @param reason why, as far as it was said
   */
  record Deed(
      String requestId,
      String actor,
      String via,
      String action,
      @Nullable String target,
      @Nullable String filter,
      @Nullable String reason) {}

  /**
   * What was done.
   *
   * @param at when it was first written down, by the store's clock
   * @param detail what came of it, for people; null when nothing was said
   */
  record Entry(Instant at, Deed deed, Outcome outcome, @Nullable String detail) {}

  /**
   * Which entries; null stands for all.
   *
   * @param since those first written then or later
   */
  record Which(
      @Nullable String actor,
      @Nullable String action,
      @Nullable String target,
      @Nullable Outcome outcome,
      @Nullable Instant since) {

    /** All there are. */
    public static final Which ALL = new Which(null, null, null, null, null);
  }
}
