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
            RunView.Stalled.class, stalled -> assertThat(stalled.reason()).isEqualTo("no code"));
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

  private RunView view(RunId run) {
    return world.client.run(run.value()).view();
  }
}
