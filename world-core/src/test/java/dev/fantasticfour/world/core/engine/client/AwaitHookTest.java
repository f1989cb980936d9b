package dev.fantasticfour.world.core.engine.client;

import static dev.fantasticfour.world.core.engine.client.ClientWorld.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.StallCause;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.core.port.Due;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waiting until a run waits for an answer. */
@Timeout(30)
class AwaitHookTest {

  private static final HookType<String> ANSWER = HookType.of("answer", String.class);

  private final ClientWorld world = new ClientWorld();

  @AfterEach
  void close() {
    world.close();
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
    world.stands(run, StallCause.CODE, "no code for it");

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
}
