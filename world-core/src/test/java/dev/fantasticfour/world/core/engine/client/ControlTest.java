package dev.fantasticfour.world.core.engine.client;

import static dev.fantasticfour.world.core.engine.client.ClientWorld.COUNT;
import static dev.fantasticfour.world.core.engine.client.ClientWorld.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.attribute.AttributeChanges;
import dev.fantasticfour.world.api.attribute.AttributeKey;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.config.Secrets;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.HookNotFoundException;
import dev.fantasticfour.world.api.error.RunCancelledException;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.Cancellation;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.Runs;
import dev.fantasticfour.world.api.run.StallCause;
import dev.fantasticfour.world.api.run.WaitRecord;
import dev.fantasticfour.world.api.run.WaitStatus;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.core.engine.node.Messages;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.memory.MemoryQueue;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.LiveStreams.StreamId;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ControlTest {

  private static final HookType<String> ANSWER = HookType.of("answer", String.class);
  private static final WorkerId ELSEWHERE = new WorkerId("wrkr_elsewhere");

  private final ClientWorld.Stores stores = new ClientWorld.Stores();
  private final ClientWorld world = new ClientWorld(stores);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aPayloadReachesTheHookAndItsOwnerIsToldInThisProcess() {
    RunId run = world.startOwned();
    world.opensHook(run, "hook_1", "answer", "token");
    world.storage.appends.set(0);

    assertThat(world.client.resume(ANSWER, "token", "yes")).isEqualTo(run.value());

    assertThat(world.log(run)).endsWith(EventType.HOOK_RECEIVED);
    assertThat(world.node.told().get(run))
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.fact()).isEqualTo(new Fact.HookReceived(Payload.json("\"yes\""))));
    assertThat(world.storage.appends).hasValue(1);
    assertThat(world.storage.runReads.get()).isLessThan(2);
    assertThat(world.messages("app")).isZero();
  }

  @Test
  void anOwnerElsewhereIsToldThroughItsQueue() {
    RunId run = world.startOwned();
    world.opensHook(run, "hook_1", "answer", "token");
    WorkerId owner = world.node.worker();
    world.node.becomes(ELSEWHERE);

    world.client.resumeJson("token", "1");

    assertThat(world.messages(Messages.workerQueue(owner))).isEqualTo(1);
  }

  @Test
  void whileNobodyOwnsTheRunTheTaskQueueIsTold() {
    RunId run = world.startOwned();
    world.opensHook(run, "hook_1", "answer", "token");
    world.storage.release(world.node.worker(), run, 1, Due.NEVER);

    world.client.resumeJson("token", "1");

    assertThat(world.messages("app")).isEqualTo(1);
  }

  @Test
  void aTokenThatNobodyHasIsToldFromOthersWithoutBeingShown() {
    assertThat(
            catchThrowableOfType(
                HookNotFoundException.class, () -> world.client.resume(ANSWER, "none", "x")))
        .hasMessageContaining(Secrets.fingerprint("none"))
        .hasMessageNotContaining("'none'");
  }

  @Test
  void aCancelRequestIsRecordedAndTheOwnerTold() {
    RunId run = world.startOwned();
    Run<Integer> handle = world.client.run(COUNT, run.value());

    assertThat(handle.cancel("why")).isEqualTo(Cancellation.REQUESTED);

    assertThat(world.log(run)).endsWith(EventType.CANCEL_REQUESTED);
    assertThat(world.node.told()).containsKey(run);
  }

  @Test
  void anEndedRunCannotBeCancelledOrTerminated() {
    RunId run = world.startOwned();
    world.completes(run, "1");
    Run<Integer> handle = world.client.run(COUNT, run.value());

    assertThat(handle.cancel(null)).isEqualTo(Cancellation.ENDED);
    assertThat(handle.terminate(null)).isFalse();
  }

  @Test
  void aRunThatStandsIsAskedToCancelAndItsCallerToldThatItStands() {
    RunId run = world.startOwned();
    world.stands(run, StallCause.CODE, "no code");

    assertThat(world.client.run(run.value()).cancel(null)).isEqualTo(Cancellation.STANDING);

    assertThat(world.log(run)).endsWith(EventType.CANCEL_REQUESTED);
    assertThat(world.client.run(run.value()).cancel(null)).isEqualTo(Cancellation.REPEATED);
  }

  @Test
  void terminatingEndsTheRunItsStreamsAndTheWaiting() {
    RunId run = world.startOwned();
    StreamId stream = new StreamId(run, "log");
    world.streamer.write(stream, null, List.of(Payload.json("1")));
    CompletableFuture<Integer> result = world.client.run(COUNT, run.value()).resultAsync();

    assertThat(world.client.run(run.value()).terminate("enough")).isTrue();

    assertThat(world.storage.run(run).orElseThrow().status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(world.streamer.info(stream).ended()).isTrue();
    assertThat(world.node.told()).containsKey(run);
    assertThat(catchThrowableOfType(ExecutionException.class, result::get))
        .hasCauseInstanceOf(RunCancelledException.class);
  }

  @Test
  void aRunIsTerminatedAlsoWhileTheStreamsAreAway() {
    try (ClientWorld lonely =
        new ClientWorld(
            stores,
            new MemoryQueue(stores.queue(), new SystemMachine()),
            new SilentStreamer(),
            LONG)) {
      RunId run = lonely.startOwned();

      assertThat(lonely.client.run(run.value()).terminate(null)).isTrue();
      assertThat(lonely.storage.run(run).orElseThrow().status()).isEqualTo(RunStatus.CANCELLED);
    }
  }

  @Test
  void allSleepsEndInOneAppend() {
    RunId run = world.startOwned();
    world.sleeps(run, "wait_1");
    world.sleeps(run, "wait_2");
    world.storage.appends.set(0);

    assertThat(world.client.run(run.value()).wakeUp()).isEqualTo(2);

    assertThat(world.storage.appends).hasValue(1);
    assertThat(world.log(run)).endsWith(EventType.WAIT_COMPLETED, EventType.WAIT_COMPLETED);
    assertThat(world.node.told()).containsKey(run);
    assertThat(world.client.run(run.value()).wakeUp()).isZero();
  }

  @Test
  void aSleepThatEndsMeanwhileDoesNotKeepTheOthersAsleep() {
    RunId run = world.startOwned();
    world.sleeps(run, "wait_1");
    world.sleeps(run, "wait_2");
    world.storage.afterWaits =
        () ->
            world.storage.append(
                List.of(Batches.anyone(run, "btch_x", "wait_1", new Fact.WaitCompleted())));

    assertThat(world.client.run(run.value()).wakeUp()).isEqualTo(1);
    assertThat(world.log(run)).filteredOn(EventType.WAIT_COMPLETED::equals).hasSize(2);
  }

  @Test
  void theTimeLimitOfAHookGoesOnUnlessItIsNamed() {
    RunId run = world.startOwned();
    world.sleeps(run, "wait_1");
    world.sleeps(run, "wait_2");
    world.waits(run, "wait_3", "approval");
    Run<Payload> handle = world.client.run(run.value());

    assertThat(handle.wakeUp("wait_2")).isEqualTo(1);
    assertThat(handle.wakeUp()).isEqualTo(1);
    assertThat(handle.wakeUp("another")).isZero();
    assertThat(world.storage.waits(run))
        .filteredOn(wait -> wait.status() == WaitStatus.WAITING)
        .extracting(WaitRecord::id)
        .containsExactly("wait_3");
    assertThat(handle.wakeUp("approval")).isEqualTo(1);
  }

  @Test
  void aRunThatStandsKeepsItsSleepsWhenItIsTriedAgain() {
    RunId run = world.startOwned();
    world.sleeps(run, "wait_1");
    world.stands(run, StallCause.CODE, "no code");

    assertThat(world.client.run(run.value()).nudge()).isTrue();

    assertThat(world.log(run)).doesNotContain(EventType.WAIT_COMPLETED);
  }

  @Test
  void aRunThatDoesNotStandIsNotRetried() {
    RunId run = world.startOwned();

    assertThat(world.client.run(run.value()).nudge()).isFalse();
  }

  @Test
  void aStalledRunIsDueAgainForTheBuildThatStalledIt() {
    RunId run = world.startOwned();
    WorkerId worker = world.node.worker();
    world.stands(run, StallCause.CODE, "no code");
    assertThat(world.storage.due(worker, new Work("app", Set.of("count")), Duration.ZERO, 10))
        .isEmpty();

    assertThat(world.client.run(run.value()).wakeUp()).isZero();
    assertThat(world.storage.due(worker, new Work("app", Set.of("count")), Duration.ZERO, 10))
        .isEmpty();
    assertThat(world.client.run(run.value()).nudge()).isTrue();

    assertThat(world.storage.due(worker, new Work("app", Set.of("count")), Duration.ZERO, 10))
        .hasSize(1);
    assertThat(world.messages("app")).isEqualTo(1);
  }

  @Test
  void whatIsAskedOfAnUnknownRunIsRefused() {
    Run<Payload> none = world.client.run("wrun_none");
    List<Function<Run<Payload>, Object>> questions =
        List.of(
            run -> run.cancel(null),
            run -> run.terminate(null),
            Run::nudge,
            Run::wakeUp,
            run -> run.wakeUp("wait_1"),
            Run::view,
            run -> run.awaitHook(ANSWER, LONG),
            run -> world.client.steps(run.id(), page()),
            run -> world.client.events(run.id(), page()),
            run -> world.client.hooks(run.id(), page()),
            run -> world.client.streams(run.id()));

    assertThat(questions)
        .allSatisfy(
            question ->
                assertThat(
                        catchThrowableOfType(WorldException.class, () -> question.apply(none))
                            .code())
                    .isEqualTo(ErrorCode.RUN_NOT_FOUND));
  }

  @Test
  void anIdThatCannotBeOneIsRefusedAtOnce() {
    assertThat(catchThrowableOfType(WorldException.class, () -> world.client.run("a/b")).code())
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }

  private static PageRequest page() {
    return PageRequest.oldestFirst();
  }

  /** ATT-7: what is set to nothing is removed; the rest stays. */
  @Test
  void attributesAreSetAndRemovedTogetherAndTheOwnerIsTold() {
    RunId run = world.startOwned();
    AttributeKey<String> customer = AttributeKey.keyword("customer");
    AttributeKey<Long> amount = AttributeKey.number("amount");
    world.client.setAttributes(run.value(), a -> a.set(customer, "c-1").set(amount, 1L));
    world.client.setAttributes(
        world.client.run(run.value()), a -> a.unset(customer).unset("$never"));

    assertThat(world.storage.run(run).orElseThrow().attributes())
        .isEqualTo(Map.of("amount", amount.value(1L)));
    assertThat(
            world.client.runs(Runs.all().where(amount.is(1L)), PageRequest.newestFirst()).items())
        .extracting(RunRecord::id)
        .containsExactly(run);
    assertThat(world.node.told().get(run)).as("the last").hasSize(1);
  }

  /** ATT-4: beyond the limits it is refused at the call, and nothing is written. */
  @Test
  void attributesBeyondTheLimitsAreRefusedAndNothingIsWritten() {
    RunId run = world.startOwned();
    world.client.setAttributes(
        run.value(),
        a -> {
          AttributeChanges all = a;
          for (int i = 0; i < 64; i++) {
            all = all.set(AttributeKey.number("n" + i), 1L);
          }
          return all;
        });
    int before = world.log(run).size();
    assertThat(
            codeOf(
                () ->
                    world.client.setAttributes(
                        run.value(), a -> a.set("x", AttributeValue.of(1L)))))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(
            codeOf(
                () ->
                    world.client.setAttributes(
                        run.value(), a -> a.set("Bad", AttributeValue.of(1L)))))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    world.client.setAttributes(run.value(), a -> a);
    assertThat(world.log(run)).hasSize(before);
    world.client.setAttributes(run.value(), a -> a.unset("n0").set("x", AttributeValue.of(true)));
    assertThat(world.storage.run(run).orElseThrow().attributes()).hasSize(64).containsKey("x");
  }

  @Test
  void attributesOfNoRunOrOfOneThatHasEndedAreNotSet() {
    RunId run = world.startOwned();
    world.completes(run, "1");
    assertThat(
            codeOf(
                () ->
                    world.client.setAttributes(
                        run.value(), a -> a.set("x", AttributeValue.of(1L)))))
        .isEqualTo(ErrorCode.RUN_ENDED);
    assertThat(
            codeOf(
                () -> world.client.setAttributes("nobody", a -> a.set("x", AttributeValue.of(1L)))))
        .isEqualTo(ErrorCode.RUN_NOT_FOUND);
  }

  private static ErrorCode codeOf(Runnable call) {
    return catchThrowableOfType(WorldException.class, call::run).code();
  }
}
