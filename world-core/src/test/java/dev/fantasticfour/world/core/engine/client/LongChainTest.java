package dev.fantasticfour.world.core.engine.client;

import static dev.fantasticfour.world.core.engine.client.ClientWorld.COUNT;
import static dev.fantasticfour.world.core.engine.client.ClientWorld.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.UpdateHandle;
import dev.fantasticfour.world.api.attribute.AttributeKey;
import dev.fantasticfour.world.api.event.Birth;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.api.run.Cancellation;
import dev.fantasticfour.world.api.run.Predecessor;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.SignalType;
import dev.fantasticfour.world.api.workflow.StateType;
import dev.fantasticfour.world.api.workflow.UpdateType;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.rules.RunEnd;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever holds the first run of a long chain speaks to the newest, in a few calls. */
class LongChainTest {

  private static final int LINKS = 50;
  private static final SignalType<String> SIGNAL = SignalType.of("signal", String.class);
  private static final UpdateType<String, String> ASK =
      UpdateType.of("ask", String.class, String.class);
  private static final AttributeKey<String> TENANT = AttributeKey.keyword("tenant");
  private static final StateType<String> STATE = StateType.of("state", String.class);

  private final ClientWorld world = new ClientWorld();
  private RunId first = new RunId("none");
  private RunId newest = first;

  @BeforeEach
  void begin() {
    first = world.startOwned();
    newest = first;
    for (int i = 1; i <= LINKS; i++) {
      handOver(i);
    }
    world.storage.appends.set(0);
    world.storage.runReads.set(0);
  }

  @AfterEach
  void end() {
    world.close();
  }

  /** As its worker does: whoever waits is told once it is in the log. */
  private void handOver(int index) {
    Fact.RunCreated created =
        (Fact.RunCreated) world.storage.history(newest, 0, 1).getFirst().fact();
    RunId next = world.ids.run();
    Predecessor before = new Predecessor(newest.value(), first.value(), index, 0);
    world.owner(
        newest,
        Due.NEVER,
        null,
        new RunFact.Continued(
            next.value(), List.of(), new Birth(created.following(before), false)));
    assertThat(world.storage.claim(world.node.worker(), Work.ofAll("app"), List.of(next)))
        .hasSize(1);
    RunId over = newest;
    newest = next;
    world.results.announce(over, RunEnd.of(world.storage.run(over).orElseThrow()));
  }

  private Run<Integer> run() {
    return to(first);
  }

  private Run<Integer> to(RunId run) {
    return world.client.run(COUNT, run.value());
  }

  @Test
  void aSignalTakesThreeAppends() {
    world.client.signal(SIGNAL, run(), "hello");
    assertThat(world.log(newest)).contains(EventType.SIGNAL_RECEIVED);
    assertThat(world.storage.appends).hasValue(3);
  }

  @Test
  void aSignalUnderAnIdTakesTwoReadsAndOneAppend() {
    world.client.signal(SIGNAL, run(), "hello", o -> o.id("once"));
    assertThat(world.log(newest)).contains(EventType.SIGNAL_RECEIVED);
    assertThat(world.storage.appends).hasValue(1);
    assertThat(world.storage.runReads).hasValue(1);
  }

  @Test
  void aSignalUnderAnIdIsSentOnceWhicheverRunOfTheChainItIsSentTo() {
    RunId before = newest;
    world.client.signal(SIGNAL, run(), "hello", o -> o.id("once"));
    handOver(LINKS + 1);
    world.client.signal(SIGNAL, run(), "hello", o -> o.id("once"));
    world.client.signal(SIGNAL, to(before), "hello", o -> o.id("once"));
    world.client.signal(SIGNAL, to(newest), "hello", o -> o.id("once"));
    assertThat(world.log(before)).containsOnlyOnce(EventType.SIGNAL_RECEIVED);
    assertThat(world.log(newest)).containsExactly(EventType.RUN_CREATED);
  }

  @Test
  void aRequestToCancelTakesOneAppend() {
    assertThat(run().cancel("enough")).isEqualTo(Cancellation.REQUESTED);
    assertThat(world.log(newest)).contains(EventType.CANCEL_REQUESTED);
    assertThat(world.storage.appends).hasValue(1);
    assertThat(world.storage.runReads).hasValue(1);
  }

  @Test
  void theSleepOfTheNewestIsEnded() {
    world.sleeps(newest, "wait_1");
    assertThat(run().wakeUp()).isEqualTo(1);
    assertThat(world.log(newest)).endsWith(EventType.WAIT_COMPLETED);
  }

  @Test
  void attributesOfTheNewestAreSet() {
    world.client.setAttributes(first.value(), a -> a.set(TENANT, "t1"));
    assertThat(TENANT.from(world.storage.run(newest).orElseThrow().attributes())).contains("t1");
  }

  private UpdateHandle<String> ask(RunId run) {
    return world.client.startUpdate(ASK, to(run), "a", o -> o.id("u"));
  }

  @Test
  void anUpdateUnderAnIdIsAskedForOnceWhicheverRunOfTheChainIsAsked() {
    RunId before = newest;
    UpdateHandle<String> asked = ask(first);
    world.owner(newest, Due.NEVER, "u", new UpdateFact.Accepted());
    world.owner(newest, Due.NEVER, "u", new UpdateFact.Completed(Payload.json("\"b\"")));
    handOver(LINKS + 1);
    assertThat(ask(newest).result(LONG)).isEqualTo(asked.result(LONG)).isEqualTo("b");
    assertThat(world.log(before)).containsOnlyOnce(EventType.UPDATE_REQUESTED);
    assertThat(world.log(newest)).containsExactly(EventType.RUN_CREATED);
  }

  /** As the store writes down what a run leaves to the next. */
  private void carried() {
    world.storage.append(
        List.of(
            new Batch(
                world.ids.batch(),
                new Target.OfRun(newest),
                Authority.ANYONE,
                null,
                List.of(
                    new Draft(
                        "u",
                        Instant.now(),
                        new UpdateFact.Requested("ask", Payload.json("\"a\"")))))));
  }

  /** By whoever asked just before, and waits for nothing but news. */
  @Test
  void anUpdateIsAnsweredByTheRunThatGoesOn() throws Exception {
    UpdateHandle<String> asked = ask(newest);
    CompletableFuture<String> answer =
        CompletableFuture.supplyAsync(() -> String.valueOf(asked.result(LONG)));
    handOver(LINKS + 1);
    carried();
    world.owner(newest, Due.NEVER, "u", new UpdateFact.Accepted());
    world.owner(newest, Due.NEVER, "u", new UpdateFact.Completed(Payload.json("\"b\"")));
    assertThat(answer.get(LONG.dividedBy(2).toSeconds(), TimeUnit.SECONDS)).isEqualTo("b");
  }

  @Test
  void aStateOfTheNewestIsWaitedFor() throws Exception {
    CompletableFuture<String> shown =
        CompletableFuture.supplyAsync(
            () ->
                String.valueOf(
                    world.client.awaitState(STATE, first.value(), "ready"::equals, LONG).value()));
    handOver(LINKS + 1);
    world.owner(
        newest, Due.NEVER, null, new RunFact.StatePublished("state", Payload.json("\"ready\"")));
    world.client.shown(newest);
    assertThat(shown.get()).isEqualTo("ready");
  }
}
