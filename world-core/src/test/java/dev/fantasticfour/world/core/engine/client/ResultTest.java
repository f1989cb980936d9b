package dev.fantasticfour.world.core.engine.client;

import static dev.fantasticfour.world.core.engine.client.ClientWorld.COUNT;
import static dev.fantasticfour.world.core.engine.client.ClientWorld.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.RunCancelledException;
import dev.fantasticfour.world.api.error.RunFailedException;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.port.Due;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a result is, or why there is none. */
class ResultTest extends ResultScene {

  @Test
  void theResultOfARunThatHasEndedIsThereAtOnce() {
    RunId run = world.startOwned();
    world.completes(run, "42");

    assertThat(world.client.run(COUNT, run.value()).result(LONG)).isEqualTo(42);
    assertThat(world.client.run(run.value()).result(LONG)).isEqualTo(Payload.json("42"));
  }

  @Test
  void aResultMayBeNull() {
    RunId run = world.startOwned();
    world.owner(run, Due.NEVER, null, new Fact.RunCompleted(null));

    assertThat(world.client.run(COUNT, run.value()).result(LONG)).isNull();
  }

  @Test
  void aFailureIsThrownWithWhatWasRecorded() {
    RunId run = world.startOwned();
    Payload error = new JacksonPayloadCodec().encodeFailure(new IllegalStateException("boom"));
    world.owner(run, Due.NEVER, null, new Fact.RunFailed(error, null));

    RunFailedException failed =
        catchThrowableOfType(
            RunFailedException.class, () -> world.client.run(COUNT, run.value()).result(LONG));

    assertThat(failed.runId()).isEqualTo(run.value());
    assertThat(failed.failure().toString()).isEqualTo("java.lang.IllegalStateException: boom");
  }

  @Test
  void aCancelledRunIsThrownAsOne() {
    Run<Integer> run = world.client.start(COUNT, "in");
    run.terminate("enough");

    assertThat(catchThrowableOfType(RunCancelledException.class, () -> run.result(LONG)))
        .hasMessageContaining("enough");
  }

  @Test
  void anUnknownRunIsNamed() {
    WorldException unknown =
        catchThrowableOfType(
            WorldException.class, () -> world.client.run(COUNT, "wrun_none").result(LONG));

    assertThat(unknown.code()).isEqualTo(ErrorCode.RUN_NOT_FOUND);
    assertThat(unknown).hasMessageContaining("wrun_none");
  }

  @Test
  void aRunOfAnotherWorkflowIsRefused() {
    RunId run = world.startOwned();
    world.completes(run, "42");
    WorkflowType<String, String> other = WorkflowType.of("other", String.class, String.class);

    assertThat(
            catchThrowableOfType(
                WorldException.class, () -> world.client.run(other, run.value()).result(LONG)))
        .hasMessageContaining("'count'")
        .hasMessageContaining("'other'");
  }

  @Test
  void aResultIsWaitedForWhileTheStoreIsAway() throws Exception {
    try (ClientWorld lonely = silentWorld(ClientWorld.NO_NET)) {
      RunId run = lonely.startOwned();
      lonely.completes(run, "7");
      lonely.storage.failingRunReads.set(2);

      assertThat(lonely.client.run(COUNT, run.value()).resultAsync().get(20, TimeUnit.SECONDS))
          .isEqualTo(7);
      assertThat(lonely.storage.failingRunReads).hasValue(0);
    }
  }

  @Test
  void theWaitForAnUnknownRunEndsWhenTheStoreIsBack() {
    world.storage.failingRunReads.set(1);
    CompletableFuture<Integer> result = world.client.run(COUNT, "wrun_none").resultAsync();

    WorldException unknown =
        (WorldException)
            catchThrowableOfType(ExecutionException.class, () -> result.get(20, TimeUnit.SECONDS))
                .getCause();

    assertThat(unknown.code()).isEqualTo(ErrorCode.RUN_NOT_FOUND);
  }

  @Test
  void closingFailsThoseWhoWaitAndThoseWhoCome() {
    Run<Integer> run = world.client.start(COUNT, "in");
    CompletableFuture<Integer> result = run.resultAsync();

    world.client.close();

    ExecutionException waiting = catchThrowableOfType(ExecutionException.class, result::get);
    WorldException late = catchThrowableOfType(WorldException.class, () -> run.result(LONG));
    assertThat(((WorldException) waiting.getCause()).code()).isEqualTo(ErrorCode.CLOSED);
    assertThat(late.code()).isEqualTo(ErrorCode.CLOSED);
  }

  @Test
  void whatHangsOnAResultMayTakeItsTime() throws Exception {
    RunId slow = world.startOwned();
    RunId quick = world.startOwned();
    CompletableFuture<Void> gate = new CompletableFuture<>();
    CompletableFuture<Integer> held =
        world
            .client
            .run(COUNT, slow.value())
            .resultAsync()
            .thenApply(
                value -> {
                  gate.join();
                  return value;
                });
    CompletableFuture<Integer> result = world.client.run(COUNT, quick.value()).resultAsync();
    for (RunId each : List.of(slow, quick)) {
      world.completes(each, "1");
      world.node.sawEnding(each);
    }

    assertThat(result.get(20, TimeUnit.SECONDS)).isEqualTo(1);
    gate.complete(null);
    assertThat(held.get(20, TimeUnit.SECONDS)).isEqualTo(1);
  }
}
