package dev.fantasticfour.world.core.engine.replay;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.core.engine.codec.PayloadCodec;
import dev.fantasticfour.world.core.engine.history.Divergence;
import dev.fantasticfour.world.core.engine.program.Definition;
import dev.fantasticfour.world.core.engine.program.Standstill;
import dev.fantasticfour.world.core.port.Draft;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Tells a history to code, without a store, and says whether both fit. No body of a step is run,
 * and nothing of the history is changed; each question makes the code anew.
 *
 * <p>That a replay agrees shows that runs with this history go on with this code. It proves nothing
 * about histories that went another way. {@link #everywhere} asks more: that the code, stopped
 * anywhere, asks for exactly what it asked for then.
 *
 * <p>Used by one thread at a time. The code runs on threads of the factory, which may outlive a
 * call for the moment in which the code lets go.
 */
public final class Replay {

  private final Definition<?, ?> definition;
  private final PayloadCodec codec;
  private final ThreadFactory threads;
  private final List<Event> log;
  private final Sameness same;
  private final Said said;

  /**
   * @param definition the code, as it is registered
   * @param codec that can read the payloads of the log
   * @param threads for the coroutines of the code; virtual ones will do
   * @param log in order, from {@code run_created} on
   * @throws IllegalArgumentException when the log is empty or begins with anything else
   */
  public Replay(
      Definition<?, ?> definition, PayloadCodec codec, ThreadFactory threads, List<Event> log) {
    if (log.isEmpty()) {
      throw new IllegalArgumentException("a history without events cannot be told to code");
    }
    this.definition = definition;
    this.codec = codec;
    this.threads = threads;
    this.log = List.copyOf(log);
    this.same = new Sameness(codec);
    this.said = new Said(codec);
  }

  /** Whether a run with this history goes on, or has ended, as the code has it. */
  public Verdict verdict() {
    try (Retelling code = new Retelling(definition, codec, threads, log)) {
      code.tellRecorded();
      code.answer();
      Verdict early = stopped(code);
      if (early != null) {
        return early;
      }
      Event last = log.getLast();
      return last.type().endsRun() && last.byOwner() ? atItsEnd(code, last) : agrees(log.size());
    }
  }

  /**
   * Whether the code, told that much of the history, asks for what is recorded next: for the same,
   * in the same order, with the same values.
   *
   * @param position the last event that it is told of; a history ends behind a whole batch of its
   *     owner, so what stands behind the last of those counts for nothing
   */
  public Verdict upTo(long position) {
    int length = 0;
    for (int end : Batches.prefixes(log)) {
      length = end <= position || length == 0 ? end : length;
    }
    return prefix(length);
  }

  /**
   * The first thing that does not fit, in the whole history and behind every batch of its owner.
   */
  public Verdict everywhere() {
    Verdict all = verdict();
    if (!all.agrees()) {
      return all;
    }
    for (int length : Batches.prefixes(log)) {
      Verdict verdict = prefix(length);
      if (!verdict.agrees()) {
        return verdict;
      }
    }
    return all;
  }

  private Verdict prefix(int length) {
    List<Event> known = log.subList(0, length);
    try (Retelling code = new Retelling(definition, codec, threads, known, log)) {
      code.tellRecorded();
      code.answer();
      NextBatch next = NextBatch.after(log, length);
      if (next != null && code.standstill() == null) {
        next.tell(code);
      }
      Verdict early = stopped(code);
      if (early != null) {
        return early;
      }
      return next == null || next.isOfOutcomesAlone()
          ? agrees(length)
          : compare(code, next, length);
    }
  }

  private Verdict compare(Retelling code, NextBatch next, int length) {
    List<Event> recorded = next.recorded();
    List<Draft> asked = NextBatch.asked(code);
    for (int i = 0; i < Math.max(recorded.size(), asked.size()); i++) {
      Event event = i < recorded.size() ? recorded.get(i) : null;
      Draft draft = i < asked.size() ? asked.get(i) : null;
      if (event == null || draft == null || !same.of(event, draft)) {
        return different(code, next, event, draft);
      }
    }
    return agrees(length);
  }

  private Verdict different(
      Retelling code, NextBatch next, @Nullable Event event, @Nullable Draft draft) {
    long position = event == null ? next.events().getLast().position() : event.position();
    String recorded = event == null ? "nothing more in this turn" : said.of(event);
    String asked = draft == null ? "nothing more in this turn" : said.of(draft);
    if (event != null && event.type().endsRun() && code.end() == null) {
      return new Verdict.EndsDifferently(position, recorded, asked);
    }
    if (draft != null && draft.fact().type().endsRun()) {
      return next.endsRun()
          ? new Verdict.EndsDifferently(position, recorded, asked)
          : new Verdict.EndsEarly(position, recorded, asked);
    }
    String likely =
        recorded.equals(asked)
            ? " They differ in what they say. Does a value depend on something that is not in the"
                + " history (time, random numbers, configuration, static state)?"
            : " Does the code depend on something that is not in the history (time, random numbers,"
                + " configuration, static state)?";
    return new Verdict.Diverges(
        position,
        recorded,
        asked,
        "History and code differ at event "
            + position
            + ": history has "
            + recorded
            + ", the code asks for "
            + asked
            + "."
            + likely);
  }

  private Verdict atItsEnd(Retelling code, Event last) {
    return same.of(last.fact(), code.end())
        ? agrees(log.size())
        : new Verdict.EndsDifferently(
            last.position(),
            said.of(last),
            said.end(code.end(), code.program(), NextBatch.asked(code)));
  }

  /** What it is that the code did not go on over, or that it was told of after its end; or null. */
  private @Nullable Verdict stopped(Retelling code) {
    Event after = code.toldAfterItsEnd();
    if (after != null && code.end() != null) {
      return new Verdict.EndsEarly(
          after.position(), said.of(after), said.end(code.end(), code.program(), List.of()));
    }
    Standstill why = code.standstill();
    if (why == null) {
      return null;
    }
    Divergence difference = why.difference();
    if (difference == null) {
      return new Verdict.Diverges(
          0, "a run that goes on", "a standstill", "The code cannot go on: " + why.reason());
    }
    Divergence.Sides sides = difference.sides();
    if (!sides.unread()) {
      return new Verdict.Diverges(
          sides.position(), sides.recorded(), sides.asked(), difference.explanation());
    }
    return code.end() == null
        ? new Verdict.LeavesUnread(
            sides.position(), sides.recorded(), sides.asked(), difference.explanation())
        : new Verdict.EndsEarly(
            sides.position(), sides.recorded(), said.end(code.end(), code.program(), List.of()));
  }

  private static Verdict agrees(int events) {
    return new Verdict.Agrees(events);
  }
}
