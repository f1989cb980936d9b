package dev.fantasticfour.world.core.engine.client;

import static dev.fantasticfour.world.core.engine.client.ClientWorld.COUNT;
import static dev.fantasticfour.world.core.engine.client.ClientWorld.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.RunView;
import dev.fantasticfour.world.api.StreamReader;
import dev.fantasticfour.world.api.StreamReader.Item;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.StallCause;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Stall;
import dev.fantasticfour.world.core.port.Streamer.StreamId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LookTest {

  private static final HookType<String> ANSWER = HookType.of("answer", String.class);

  private final ClientWorld world = new ClientWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aRunThatNobodyHasTakenIsPending() {
    Run<Integer> run = world.client.start(COUNT, "in");

    assertThat(run.view()).isInstanceOf(RunView.Pending.class);
  }

  @Test
  void aRunIsRunningWhileATurnOrABodyIsInFlight() {
    assertThat(view(world.startOwned())).isInstanceOf(RunView.Running.class);
  }

  @Test
  void aRunThatSleepsShowsUntilWhen() {
    RunId run = world.startOwned();
    world.sleeps(run, "wait_1");

    assertThat(view(run))
        .isInstanceOfSatisfying(
            RunView.Waiting.class, waiting -> assertThat(waiting.until()).isPresent());
  }

  @Test
  void aRunThatWaitsForSomethingFromOutsideShowsNoTime() {
    RunId run = world.startOwned();
    world.opensHook(run, "hook_1", "answer", "token");

    assertThat(view(run))
        .isInstanceOfSatisfying(
            RunView.Waiting.class, waiting -> assertThat(waiting.until()).isEmpty());
  }

  @Test
  void aStalledRunShowsWhy() {
    RunId run = world.startOwned();
    world.storage.stall(
        world.node.worker(),
        run,
        1,
        Long.MAX_VALUE,
        new Stall(StallCause.CODE, "no code", Duration.ofHours(1)));

    assertThat(view(run))
        .isInstanceOfSatisfying(
            RunView.Stalled.class,
            stalled -> {
              assertThat(stalled.reason()).isEqualTo("no code");
              assertThat(stalled.cause()).isEqualTo(StallCause.CODE);
              assertThat(stalled.advice()).contains("another build");
            });
  }

  @Test
  void whatHelpsDependsOnTheCause() {
    RunId run = world.startOwned();
    world.storage.stall(
        world.node.worker(),
        run,
        1,
        Long.MAX_VALUE,
        new Stall(StallCause.ERROR, "out of memory", Duration.ofHours(1)));

    assertThat(view(run))
        .isInstanceOfSatisfying(
            RunView.Stalled.class,
            stalled -> {
              assertThat(stalled.cause()).isEqualTo(StallCause.ERROR);
              assertThat(stalled.advice()).contains("five minutes").doesNotContain("another build");
            });
  }

  @Test
  void aRunWhoseWorkerDoesNotLiveIsLeftAloneThoughNobodyHasDeclaredThatDead() {
    RunId run = world.startOwned();
    world.ahead = Duration.ofSeconds(20);
    assertThat(view(run)).isInstanceOf(RunView.Running.class);

    world.storage.beat(world.node.worker(), Duration.ofSeconds(-1));

    assertThat(view(run))
        .isInstanceOfSatisfying(
            RunView.Unattended.class,
            left ->
                assertThat(left.advice())
                    .contains("its worker " + world.node.worker() + " does not live")
                    .contains("World.start()")
                    .contains("workflow 'count'"));
  }

  @Test
  void aRunThatNobodyTakesShowsWhatItNeeds() {
    Run<Integer> run = world.client.start(COUNT, "in");
    world.ahead = Duration.ofSeconds(20);

    assertThat(run.view())
        .isInstanceOfSatisfying(
            RunView.Unattended.class,
            left -> {
              assertThat(left.since()).isEqualTo(left.run().createdAt());
              assertThat(left.advice())
                  .contains("World.start()")
                  .contains("application 'app'")
                  .contains("workflow 'count'");
            });
  }

  @Test
  void aRunThatIsDueAndWasGivenBackIsLeftAlone() {
    RunId run = world.startOwned();
    world.storage.release(world.node.worker(), run, 1, Due.NOW);
    world.ahead = Duration.ofSeconds(20);

    assertThat(view(run)).isInstanceOf(RunView.Unattended.class);
  }

  @Test
  void aRunThatWaitsOrIsExecutedIsNotLeftAlone() {
    RunId sleeping = world.startOwned();
    world.sleeps(sleeping, "wait_1");
    world.storage.release(
        world.node.worker(), sleeping, 1, new Due.At(Instant.now().plus(Duration.ofHours(1))));
    RunId forGood = world.startOwned();
    world.opensHook(forGood, "hook_1", "answer", "token");
    world.storage.release(world.node.worker(), forGood, 1, Due.NEVER);
    RunId executed = world.startOwned();
    world.ahead = Duration.ofSeconds(20);

    assertThat(view(sleeping)).isInstanceOf(RunView.Waiting.class);
    assertThat(view(forGood)).isInstanceOf(RunView.Waiting.class);
    assertThat(view(executed)).isInstanceOf(RunView.Running.class);
  }

  @Test
  void anEndedRunShowsHow() {
    RunId completed = world.startOwned();
    world.completes(completed, "1");
    RunId failed = world.startOwned();
    Payload error = new JacksonPayloadCodec().encodeFailure(new IllegalStateException("boom"));
    world.owner(failed, Due.NEVER, null, new Fact.RunFailed(error, null));
    RunId terminated = world.startOwned();
    world.client.run(terminated.value()).terminate("enough");

    assertThat(view(completed))
        .isInstanceOfSatisfying(
            RunView.Completed.class,
            view -> assertThat(view.output()).isEqualTo(Payload.json("1")));
    assertThat(view(failed))
        .isInstanceOfSatisfying(
            RunView.Failed.class, view -> assertThat(view.failure().message()).isEqualTo("boom"));
    assertThat(view(terminated))
        .isInstanceOfSatisfying(
            RunView.Cancelled.class, view -> assertThat(view.reason()).isEqualTo("enough"));
  }

  @Test
  void aLongHistoryIsWarnedAbout() {
    RunId run = world.startOwned();
    assertThat(view(run).historyTooLong()).isFalse();

    for (int i = 0; i < 4; i++) {
      world.sleeps(run, "wait_" + i);
    }

    assertThat(view(run).historyTooLong()).isTrue();
  }

  @Test
  void aHookThatIsOpenIsFound() {
    RunId run = world.startOwned();
    world.opensHook(run, "hook_0", "other", "token0");
    world.opensHook(run, "hook_1", "answer", "token1");

    assertThat(world.client.run(run.value()).awaitHook(ANSWER, Duration.ZERO)).isEqualTo("token1");
  }

  @Test
  void aHookIsWaitedFor() throws Exception {
    RunId run = world.startOwned();
    CompletableFuture<Void> looking = new CompletableFuture<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> token =
          threads.submit(
              () -> {
                looking.complete(null);
                return world.client.run(run.value()).awaitHook(ANSWER, LONG);
              });
      looking.join();
      world.opensHook(run, "hook_1", "answer", "token");

      assertThat(token.get()).isEqualTo("token");
    }
  }

  @Test
  void aHookThatDoesNotComeIsNotWaitedForForever() {
    RunId run = world.startOwned();

    WorldException over =
        catchThrowableOfType(
            WorldException.class,
            () -> world.client.run(run.value()).awaitHook(ANSWER, Duration.ofMillis(30)));

    assertThat(over.code()).isEqualTo(ErrorCode.TIMED_OUT);
    assertThat(over).hasMessageContaining("'answer'").hasMessageContaining(run.value());
  }

  @Test
  void aHookThatWasAnsweredIsNotReturnedBeforeTheRunHasReadTheAnswer() throws Exception {
    RunId run = world.startOwned();
    world.opensHook(run, "hook_1", "answer", "token1");
    world.client.resume(ANSWER, "token1", "yes");

    WorldException over =
        catchThrowableOfType(
            WorldException.class,
            () -> world.client.run(run.value()).awaitHook(ANSWER, Duration.ofMillis(30)));

    assertThat(over.code()).isEqualTo(ErrorCode.TIMED_OUT);
    assertThat(over).hasMessageContaining("still to read");
    // It has read it and opens the next one of that name.
    world.opensHook(run, "hook_2", "answer", "token2");
    assertThat(world.client.run(run.value()).awaitHook(ANSWER, Duration.ZERO)).isEqualTo("token2");
  }

  @Test
  void aHookThatTakesSeveralPayloadsIsReturnedAgainWhenTheRunWaits() {
    RunId run = world.startOwned();
    world.opensHook(run, "hook_1", "answer", "token1");
    world.client.resume(ANSWER, "token1", "one");
    long seen = world.storage.run(run).orElseThrow().lastPosition();

    assertThat(world.storage.reschedule(world.node.worker(), run, 1, seen, Due.NEVER)).isTrue();

    assertThat(world.client.run(run.value()).awaitHook(ANSWER, Duration.ZERO)).isEqualTo("token1");
  }

  @Test
  void aHookIsWaitedForWhileTheStoreIsAway() {
    RunId run = world.startOwned();
    world.opensHook(run, "hook_1", "answer", "token1");
    world.storage.failingHookReads.set(2);

    assertThat(world.client.run(run.value()).awaitHook(ANSWER, LONG)).isEqualTo("token1");
    world.storage.failingHookReads.set(Integer.MAX_VALUE);
    WorldException away =
        catchThrowableOfType(
            WorldException.class,
            () -> world.client.run(run.value()).awaitHook(ANSWER, Duration.ofMillis(1)));
    assertThat(away.code()).isEqualTo(ErrorCode.UNAVAILABLE);
  }

  @Test
  void whoeverWaitedForAHookOfAStandingRunIsToldWhyItStands() {
    RunId run = world.startOwned();
    world.storage.stall(
        world.node.worker(),
        run,
        1,
        Long.MAX_VALUE,
        new Stall(StallCause.CODE, "no code for it", Duration.ofHours(1)));

    assertThat(
            catchThrowableOfType(
                WorldException.class,
                () -> world.client.run(run.value()).awaitHook(ANSWER, Duration.ofMillis(1))))
        .hasMessageContaining("no code for it");
  }

  @Test
  void aHookOfARunThatEndsIsNotWaitedFor() {
    RunId run = world.startOwned();
    world.completes(run, "1");

    WorldException ended =
        catchThrowableOfType(
            WorldException.class, () -> world.client.run(run.value()).awaitHook(ANSWER, LONG));

    assertThat(ended.code()).isEqualTo(ErrorCode.RUN_ENDED);
    assertThat(ended).hasMessageContaining("completed");
  }

  @Test
  void listsAreThoseOfTheStore() {
    RunId run = world.startOwned();
    world.opensHook(run, "hook_1", "answer", "token");
    PageRequest page = PageRequest.oldestFirst();

    assertThat(world.client.runs(RunFilter.ALL, page).items()).hasSize(1);
    assertThat(world.client.events(run.value(), page).items()).hasSize(3);
    assertThat(world.client.steps(run.value(), page).items()).isEmpty();
    assertThat(world.client.hooks(run.value(), page).items()).hasSize(1);
    assertThat(world.client.hooks(null, page).items()).hasSize(1);
    assertThat(world.client.streams(run.value())).isEmpty();
  }

  @Test
  void aStreamIsReadAsValues() throws Exception {
    RunId run = world.startOwned();
    StreamType<Integer> numbers = StreamType.of("numbers", Integer.class);
    world.streamer.write(
        new StreamId(run, "numbers"), null, List.of(Payload.json("1"), Payload.json("2")));

    assertThat(world.client.streams(run.value())).containsExactly("numbers");
    try (StreamReader<Integer> reader = world.client.run(run.value()).stream(numbers, -1)) {
      assertThat(reader.next(LONG)).contains(new Item.Chunk<>(1, 2));
    }
  }

  @Test
  void aStreamThatWasNeverWrittenToEndsWithItsRun() throws Exception {
    RunId run = world.startOwned();
    StreamType<Integer> never = StreamType.of("never", Integer.class);
    try (StreamReader<Integer> reader = world.client.run(run.value()).stream(never, 0)) {
      assertThat(reader.next(Duration.ofMillis(50))).isEmpty();

      world.completes(run, "1");
      world.node.sawEnding(run);

      assertThat(reader.next(LONG)).contains(new Item.End<>());
      assertThat(reader.next(Duration.ZERO)).contains(new Item.End<>());
    }
    try (StreamReader<Integer> late = world.client.run(run.value()).stream(never, -3)) {
      assertThat(late.next(LONG)).contains(new Item.End<>());
    }
  }

  @Test
  void aStreamThatWasWrittenToEndsWhenItIsSettled() throws Exception {
    RunId run = world.startOwned();
    StreamType<Integer> numbers = StreamType.of("numbers", Integer.class);
    StreamId stream = new StreamId(run, "numbers");
    world.streamer.write(stream, null, List.of(Payload.json("1")));
    world.completes(run, "1");
    world.node.sawEnding(run);

    try (StreamReader<Integer> reader = world.client.run(run.value()).stream(numbers, 1)) {
      assertThat(reader.next(Duration.ofMillis(100))).isEmpty();
      world.streamer.end(stream);

      assertThat(reader.next(LONG)).contains(new Item.End<>());
    }
  }

  @Test
  void aStreamOfARunThatThereIsNotIsRefused() throws Exception {
    StreamType<Integer> numbers = StreamType.of("numbers", Integer.class);
    try (StreamReader<Integer> reader = world.client.run("wrun_none").stream(numbers, 0)) {
      WorldException unknown = catchThrowableOfType(WorldException.class, () -> reader.next(LONG));

      assertThat(unknown.code()).isEqualTo(ErrorCode.RUN_NOT_FOUND);
      assertThat(unknown).hasMessageContaining("wrun_none");
    }
  }

  private RunView view(RunId run) {
    return world.client.run(run.value()).view();
  }
}
