package dev.fantasticfour.world.core.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.PublishedState;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.SignalType;
import dev.fantasticfour.world.api.workflow.StateType;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StatesTest extends Worlds {

  private static final StateType<String> PHASE = StateType.of("phase", String.class);
  private static final StateType<Integer> COUNT = StateType.of("count", Integer.class);
  private static final SignalType<Integer> SET = SignalType.of("set", Integer.class);

  @Test
  @DisplayName("STA-1 Of three values in one turn one event is written, the last one")
  void theLastValueOfATurnIsWritten() {
    WorldClient client =
        with(
            (ctx, in) -> {
              ctx.publish(COUNT, 1);
              ctx.publish(PHASE, "begun");
              ctx.publish(COUNT, 2);
              ctx.publish(COUNT, 3);
              ctx.step("step", String.class, s -> "x");
              return "done";
            });
    Run<String> run = client.start(TYPE, "in");
    assertThat(run.result(SOON)).isEqualTo("done");

    assertThat(client.state(COUNT, run).orElseThrow().value()).isEqualTo(3);
    assertThat(client.state(PHASE, run).orElseThrow().value()).isEqualTo("begun");
    assertThat(Collections.frequency(log(run), "state_published")).isEqualTo(2);
  }

  @Test
  void whatIsShownLastIsWrittenWithTheEnd() {
    WorldClient client =
        with(
            (ctx, in) -> {
              ctx.publish(PHASE, null);
              return "done";
            });
    Run<String> run = client.start(TYPE, "in");
    assertThat(run.result(SOON)).isEqualTo("done");

    PublishedState<String> shown = client.state(PHASE, run).orElseThrow();
    assertThat(shown.value()).isNull();
    assertThat(shown.position()).isEqualTo(3);
    assertThat(client.state(COUNT, run)).isEmpty();
  }

  @Test
  @DisplayName("STA-3 A value of more than 64 KiB is refused where it is published")
  void aLargeValueIsRefusedAtTheCall() {
    String most = "x".repeat(StateType.MAX_BYTES - 2);
    WorldClient client =
        with(
            (ctx, in) -> {
              ctx.publish(PHASE, most);
              try {
                ctx.publish(PHASE, "x".repeat(65 * 1024));
              } catch (WorldException e) {
                return e.code() + " " + e.getMessage();
              }
              return "published";
            });
    Run<String> run = client.start(TYPE, "in");

    assertThat(run.result(SOON)).startsWith("PAYLOAD_TOO_LARGE").contains("'phase'");
    assertThat(client.state(PHASE, run).orElseThrow().value()).isEqualTo(most);
  }

  @Test
  void whoWaitsForAStateIsToldOfIt() throws Exception {
    WorldClient client =
        with(
            (ctx, in) -> {
              int value = 0;
              while (value < 3) {
                value = ctx.signals(SET).await();
                ctx.publish(COUNT, value);
              }
              try (Hook<String> hook = ctx.hook(HOOK, "token")) {
                return hook.await();
              }
            });
    Run<String> run = client.start(TYPE, "in");
    CompletableFuture<PublishedState<Integer>> waiting = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> waiting.complete(client.awaitState(COUNT, run, v -> v >= 3, SOON)));

    for (int i = 1; i <= 3; i++) {
      client.signal(SET, run, i);
    }

    assertThat(waiting.get(SOON.toSeconds(), TimeUnit.SECONDS).value()).isEqualTo(3);
    client.resume(HOOK, "token", "end");
    assertThat(run.result(SOON)).isEqualTo("end");
    assertThat(client.awaitState(COUNT, run, v -> v == 3, Duration.ZERO).value()).isEqualTo(3);
    assertThatThrownBy(() -> client.awaitState(COUNT, run, v -> v > 3, SOON))
        .isInstanceOfSatisfying(
            WorldException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RUN_ENDED));
  }

  @Test
  void whoWaitsInVainIsToldWhatTheRunDoes() {
    WorldClient client = with((ctx, in) -> "" + ctx.signals(SET).await());
    Run<String> run = client.start(TYPE, "in");

    assertThatThrownBy(() -> client.awaitState(COUNT, run, v -> true, Duration.ofMillis(20)))
        .isInstanceOfSatisfying(
            WorldException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMED_OUT));
    assertThatThrownBy(() -> client.state(COUNT, run.id().replaceAll(".{4}$", "0000")))
        .isInstanceOfSatisfying(
            WorldException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RUN_NOT_FOUND));
  }
}
