package dev.fantasticfour.world.tck.wrong;

import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.memory.MemoryStreamStore;
import dev.fantasticfour.world.core.memory.MemoryStreamer;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.Streamer;
import dev.fantasticfour.world.tck.Harness;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The wrong streamers, each a small change of the right one. */
public final class WrongStreamers {

  private WrongStreamers() {}

  /** All of them. */
  public static List<WrongCase> all() {
    return List.of(
        sharing(
            "a second end is another entry",
            "ST-9",
            "",
            () -> {
              var ended = WrongQueue.<StreamId>nothing();
              var twice = WrongQueue.<StreamId>nothing();
              return inner -> WrongStreamer.endingTwice(inner, ended, twice);
            }),
        wrong(
            "what is written after the end is lost without a word",
            "ST-10",
            "ST-9",
            WrongStreamer::swallowingAfterTheEnd),
        wrong(
            "a reader that waits misses the notification",
            "ST-4",
            "ST-3 ST-14",
            WrongStreamer::withoutPoll),
        wrong("a reader is told twice what woke it", "ST-4", "ST-8", WrongStreamer::tellingTwice),
        sharing(
            "chunks stand in the order of their writers' clocks",
            "ST-2",
            "",
            () -> {
              var late = WrongQueue.<String>nothing();
              var first = new AtomicBoolean(true);
              return inner ->
                  WrongStreamer.orderedByClientClocks(inner, late, !first.getAndSet(false));
            }),
        wrong("a lower attempt goes on writing", "L3", "", WrongStreamer::believingLowerAttempts),
        wrong("any life is ended", "ST-24", "L9", WrongStreamer::endingAnyLife),
        wrong("a write that is repeated is stored twice", "ST-25", "L9", WrongStreamer::repeating),
        wrong("attempts are not told apart", "L9", "L3", WrongStreamer::withoutMarks),
        wrong("a negative index is the start", "ST-7", "", WrongStreamer::withoutNegativeIndices),
        wrong("an empty chunk is none", "ST-11", "ST-1", WrongStreamer::withoutEmptyChunks),
        wrong("a long chunk is cut", "ST-1", "", WrongStreamer::cuttingLongChunks),
        wrong("there is no cursor at the end", "PAG-3", "", WrongStreamer::withoutTailCursor),
        sharing(
            "a stream is made by looking at it",
            "ST-8",
            "ST-11",
            () -> {
              var seen = WrongQueue.<StreamId>nothing();
              return inner -> WrongStreamer.makingWhatIsRead(inner, seen);
            }),
        wrong(
            "announcements stay in their process",
            "L4",
            "",
            inner -> WrongStreamer.deafToOthers(inner, memory(new MemoryStreamStore()))));
  }

  /** The right one. */
  public static Harness<Streamer> right() {
    return over(inner -> inner);
  }

  private static Streamer memory(MemoryStreamStore store) {
    return new MemoryStreamer(store, new SystemMachine());
  }

  private static Harness<Streamer> over(UnaryOperator<Streamer> wrong) {
    MemoryStreamStore store = new MemoryStreamStore();
    return Harness.of(() -> wrong.apply(memory(store)));
  }

  private static WrongCase wrong(
      String name, String rule, String also, UnaryOperator<Streamer> wrong) {
    return sharing(name, rule, also, () -> wrong);
  }

  /** With something that all instances over one store share. */
  private static WrongCase sharing(
      String name, String rule, String also, Supplier<UnaryOperator<Streamer>> wrong) {
    return new WrongCase(
        name, Streamer.class, () -> over(wrong.get()), rule, WrongCase.words(also));
  }
}
