package dev.fantasticfour.world.core.engine.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.error.RunCancelledException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.memory.MemoryQueue;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.memory.MemoryStreamer;
import dev.fantasticfour.world.core.rules.RunEnd;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class ExpectedEndsTest {

  private static final RunId RUN = new RunId("run-1");
  private static final RunEnd END =
      new RunEnd(RUN, "w", RunStatus.COMPLETED, Payload.json("1"), null, null, null);

  @Test
  void whoeverHoldsTheHandleIsToldOfTheEnd() {
    ExpectedEnds ends = new ExpectedEnds();
    ExpectedEnds.Expected expected = ends.expect(RUN, 0);
    ends.ended(END);
    assertThat(expected.end()).isCompletedWithValue(END);
  }

  @Test
  void whatHasEndedIsForgotten() {
    ExpectedEnds ends = new ExpectedEnds();
    ExpectedEnds.Expected expected = ends.expect(RUN, 0);
    ends.ended(END);
    assertThat(ends.size()).isZero();
    assertThat(expected.end()).isDone();
  }

  @Test
  void anEndThatNobodyExpectsIsNoMatter() {
    ExpectedEnds ends = new ExpectedEnds();
    ends.ended(END);
    assertThat(ends.size()).isZero();
  }

  @Test
  void aResultThatWasToldIsGivenToEverybodyWhoAsks() {
    try (ResultWatch results = overAnEmptyStore()) {
      ExpectedEnds.Expected expected = results.expect(RUN);
      CompletableFuture<RunEnd> before = results.of(RUN, expected);
      results.announce(RUN, END);
      CompletableFuture<RunEnd> after = results.of(RUN, expected);
      assertThat(before).isCompletedWithValue(END);
      assertThat(after).isCompletedWithValue(END);
    }
  }

  @Test
  void givingUpOnAResultLeavesItToTheOthers() {
    try (ResultWatch results = overAnEmptyStore()) {
      ExpectedEnds.Expected expected = results.expect(RUN);
      results.announce(RUN, END);
      results.of(RUN, expected).cancel(false);
      assertThat(results.of(RUN, expected)).isCompletedWithValue(END);
    }
  }

  @Test
  void anEndThatWasAnnouncedBeforeAnybodyAskedIsRead() {
    SilentStreamer streamer = new SilentStreamer();
    try (ClientWorld here = world(streamer)) {
      listen(here, streamer);
      Run<Integer> run = here.client.start(ClientWorld.COUNT, "in");
      run.terminate("enough");
      assertThat(run.resultAsync())
          .failsWithin(ClientWorld.LONG)
          .withThrowableOfType(ExecutionException.class)
          .withCauseInstanceOf(RunCancelledException.class);
    }
  }

  @Test
  void aRunStartedForOthersIsNotReadBeforeItHasEnded() {
    SilentStreamer streamer = new SilentStreamer();
    try (ClientWorld here = world(streamer)) {
      listen(here, streamer);
      Run<Integer> run = here.client.start(ClientWorld.COUNT, "in");
      here.storage.endReads.set(0);
      CompletableFuture<Integer> result = run.resultAsync();
      run.terminate("enough");
      assertThat(result).failsWithin(ClientWorld.LONG);
      assertThat(here.storage.endReads).hasValue(1);
    }
  }

  /** Who asked the store would find no such run. */
  private static ResultWatch overAnEmptyStore() {
    return new ResultWatch(
        new SystemMachine(),
        new MemoryStorage(InstantSource.system()),
        new MemoryStreamer(new SystemMachine()),
        WorldConfig.defaults());
  }

  private static ClientWorld world(SilentStreamer streamer) {
    ClientWorld.Stores stores = new ClientWorld.Stores();
    return new ClientWorld(
        stores, new MemoryQueue(stores.queue(), new SystemMachine()), streamer, ClientWorld.NO_NET);
  }

  /** From now on every end is heard of. */
  private static void listen(ClientWorld world, SilentStreamer streamer) {
    Run<Integer> first = world.client.start(ClientWorld.COUNT, "in");
    CompletableFuture<Integer> ended = first.resultAsync();
    streamer.gap(EndChannels.channel("app"));
    first.terminate("enough");
    assertThat(ended).failsWithin(ClientWorld.LONG);
  }
}
