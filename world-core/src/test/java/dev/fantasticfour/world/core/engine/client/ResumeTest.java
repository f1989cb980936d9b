package dev.fantasticfour.world.core.engine.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fantasticfour.world.api.ResumeOptions;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.HookNotFoundException;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.core.engine.model.LogLines;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is sent to hooks: once under a key, and nothing that its reader could not read. */
@Timeout(30)
class ResumeTest {

  private static final HookType<String> ANSWER = HookType.of("answer", String.class);
  private static final HookType<Integer> NUMBER = HookType.of("answer", Integer.class);
  private static final UnaryOperator<ResumeOptions> KEYED = o -> o.idempotencyKey("payment-42");

  private final ClientWorld.Stores stores = new ClientWorld.Stores();
  private final ClientWorld world = new ClientWorld(stores);
  private final RunId run = world.startOwned();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aPayloadIsSentOnceUnderAKey() {
    world.opensHook(run, "hook_1", "answer", "token");

    assertThat(world.client.resume(ANSWER, "token", "yes", KEYED)).isEqualTo(run.value());
    assertThat(world.client.resume(ANSWER, "token", "yes", KEYED)).isEqualTo(run.value());
    assertThat(received()).isEqualTo(1);
    assertThat(world.client.resume(ANSWER, "token", "yes")).isEqualTo(run.value());
    assertThat(world.client.resume(ANSWER, "token", "yes", o -> o.idempotencyKey("other")))
        .isEqualTo(run.value());
    assertThat(received()).isEqualTo(3);
  }

  @Test
  void aKeyIsKnownInEveryProcessAndStaysSoWhenTheRunHasEnded() {
    world.opensHook(run, "hook_1", "answer", "token");
    String sent = world.client.resume(ANSWER, "token", "yes", KEYED);
    world.completes(run, "1");

    try (ClientWorld other = new ClientWorld(stores)) {
      assertThat(other.client.resume(ANSWER, "token", "yes", KEYED)).isEqualTo(sent);
      assertThat(
              catchThrowableOfType(
                  HookNotFoundException.class, () -> other.client.resume(ANSWER, "token", "yes")))
          .isNotNull();
    }
  }

  @Test
  void ofManyWhoSendAtOnceUnderAKeyOneIsHeard() throws Exception {
    world.opensHook(run, "hook_1", "answer", "token");
    try (ClientWorld other = new ClientWorld(stores);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> sent = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        ClientWorld sender = i % 2 == 0 ? world : other;
        sent.add(threads.submit(() -> sender.client.resume(ANSWER, "token", "yes", KEYED)));
      }
      for (Future<String> each : sent) {
        assertThat(each.get()).isEqualTo(run.value());
      }
    }
    assertThat(received()).isEqualTo(1);
  }

  @Test
  void anotherPayloadUnderTheSameKeyIsRefused() {
    world.opensHook(run, "hook_1", "answer", "token");
    String unused = world.client.resumeJson("token", "{\"a\":1,\"b\":null}", KEYED);

    assertThat(world.client.resumeJson("token", "{ \"a\": 1.0 }", KEYED)).isEqualTo(run.value());
    WorldException refused =
        catchThrowableOfType(
            WorldException.class, () -> world.client.resumeJson("token", "{\"a\":2}", KEYED));
    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(refused).hasMessageContaining("'payment-42'").hasMessageContaining(run.value());
    assertThat(received()).isEqualTo(1);
  }

  @Test
  void aKeyBelongsToItsToken() {
    world.opensHook(run, "hook_1", "answer", "token1");
    world.opensHook(run, "hook_2", "answer", "token2");

    String first = world.client.resume(ANSWER, "token1", "yes", KEYED);
    assertThat(world.client.resume(ANSWER, "token2", "no", KEYED)).isEqualTo(first);
    assertThat(received()).isEqualTo(2);
  }

  @Test
  void whoIsNotAnsweredIsToldHowToSendAgain() {
    world.opensHook(run, "hook_1", "answer", "token");

    assertThat(unanswered(() -> world.client.resume(ANSWER, "token", "yes")))
        .hasMessageContaining("give an idempotency key");
    assertThat(unanswered(() -> world.client.resume(ANSWER, "token", "yes", KEYED)))
        .hasMessageContaining("again under the same idempotency key is safe");
    assertThat(unanswered(() -> world.client.start(ClientWorld.COUNT, "in")))
        .hasMessageContaining("give a run key");
    assertThat(unanswered(() -> world.client.start(ClientWorld.COUNT, "in", o -> o.runKey("k"))))
        .hasMessageContaining("again under the same run key is safe");
  }

  @Test
  void whatDoesNotFitTheHookOfThisProcessIsNotSent() {
    world.opensHook(run, "hook_1", "answer", "s3cret-token");
    world.node.opens("s3cret-token", NUMBER);

    LogLines lines = new LogLines();
    List<WorldException> all;
    try (lines) {
      all =
          List.of(
              refused(() -> world.client.resume(ANSWER, "s3cret-token", "v4lue")),
              refused(() -> world.client.resumeJson("s3cret-token", "\"v4lue\"")));
    }
    assertThat(lines.with("was refused and not sent"))
        .as("said once a minute")
        .singleElement()
        .asString()
        .contains("WARN", "hook 'answer'", "java.lang.Integer")
        .doesNotContain("s3cret", "v4lue");
    for (WorldException refused : all) {
      assertThat(refused.code()).isEqualTo(ErrorCode.SERIALIZATION);
      assertThat(refused)
          .hasMessageContaining("'answer'")
          .hasMessageContaining("java.lang.Integer")
          .hasMessageNotContaining("s3cret")
          .hasMessageNotContaining("v4lue");
    }
    assertThat(received()).isZero();
    assertThat(world.client.resumeJson("s3cret-token", "7")).isEqualTo(run.value());
  }

  /** Written, and not read again. */
  interface OneWay {
    String getText();
  }

  @Test
  void whatCannotBeReadAgainIsNotSent() {
    world.opensHook(run, "hook_1", "oneWay", "token");
    HookType<OneWay> type = HookType.of("oneWay", OneWay.class);

    WorldException refused =
        refused(() -> world.client.resume(type, "token", (OneWay) () -> "text"));
    assertThat(refused.code()).isEqualTo(ErrorCode.SERIALIZATION);
    assertThat(refused).hasMessageContaining("'oneWay'").hasMessageContaining("nothing was sent");
    assertThat(received()).isZero();
  }

  private static WorldException refused(Runnable sending) {
    return catchThrowableOfType(WorldException.class, sending::run);
  }

  private static WorldException unanswered(Runnable sending) {
    // Whoever is interrupted is not answered.
    Thread.currentThread().interrupt();
    WorldException failure = refused(sending);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    return failure;
  }

  private long received() {
    return world.log(run).stream().filter(EventType.HOOK_RECEIVED::equals).count();
  }
}
