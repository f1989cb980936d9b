package dev.fantasticfour.world.core.engine.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.memory.MemoryStreamer;
import dev.fantasticfour.world.core.rules.RunEnd;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LocalEndsTest {

  private static final RunId RUN = new RunId("run-1");
  private static final RunEnd END =
      new RunEnd(RUN, "w", RunStatus.COMPLETED, Payload.json("1"), null, null);

  @Test
  void whoeverHoldsTheHandleIsToldOfTheEnd() {
    LocalEnds ends = new LocalEnds();
    CompletableFuture<RunEnd> expected = ends.expect(RUN);
    ends.ended(END);
    assertThat(expected).isCompletedWithValue(END);
  }

  @Test
  void whatHasEndedIsForgotten() {
    LocalEnds ends = new LocalEnds();
    CompletableFuture<RunEnd> expected = ends.expect(RUN);
    ends.ended(END);
    assertThat(ends.size()).isZero();
    assertThat(expected).isDone();
  }

  @Test
  void anEndThatNobodyExpectsIsNoMatter() {
    LocalEnds ends = new LocalEnds();
    ends.ended(END);
    assertThat(ends.size()).isZero();
  }

  @Test
  void aResultThatWasToldIsGivenToEverybodyWhoAsks() {
    // Nothing was ever stored: who asked the store would find no such run.
    try (ResultWatch results =
        new ResultWatch(
            new MemoryStorage(InstantSource.system()),
            new MemoryStreamer(Thread::new),
            WorldConfig.defaults())) {
      CompletableFuture<RunEnd> expected = results.expectLocally(RUN);
      CompletableFuture<RunEnd> before = results.ofLocal(RUN, expected);
      results.announce(RUN, END);
      CompletableFuture<RunEnd> after = results.ofLocal(RUN, expected);
      assertThat(before).isCompletedWithValue(END);
      assertThat(after).isCompletedWithValue(END);
    }
  }

  @Test
  void givingUpOnAResultLeavesItToTheOthers() {
    try (ResultWatch results =
        new ResultWatch(
            new MemoryStorage(InstantSource.system()),
            new MemoryStreamer(Thread::new),
            WorldConfig.defaults())) {
      CompletableFuture<RunEnd> expected = results.expectLocally(RUN);
      results.announce(RUN, END);
      results.ofLocal(RUN, expected).cancel(false);
      assertThat(results.ofLocal(RUN, expected)).isCompletedWithValue(END);
    }
  }
}
