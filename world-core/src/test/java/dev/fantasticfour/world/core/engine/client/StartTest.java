package dev.fantasticfour.world.core.engine.client;

import static dev.fantasticfour.world.core.engine.client.ClientWorld.COUNT;
import static dev.fantasticfour.world.core.engine.client.ClientWorld.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.config.Build;
import dev.fantasticfour.world.api.config.RetentionRule;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.RunKeyConflictException;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.engine.time.SystemMachine;
import dev.fantasticfour.world.core.memory.MemoryQueue;
import dev.fantasticfour.world.core.memory.MemoryStore;
import dev.fantasticfour.world.core.memory.MemoryStreamer;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Queue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StartTest {

  private final ClientWorld world = new ClientWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void withoutAFreeSlotTheRunIsCreatedAndAnnounced() throws Exception {
    CompletableFuture<Queue.Delivery> delivered = new CompletableFuture<>();
    world.queue.subscribe(
        "app",
        1,
        delivery -> {
          delivered.complete(delivery);
          return Queue.Answer.DONE;
        });

    Run<Integer> run = world.client.start(COUNT, "in");

    RunRecord record = world.storage.run(new RunId(run.id())).orElseThrow();
    assertThat(record.status()).isEqualTo(RunStatus.PENDING);
    assertThat(record.workflow()).isEqualTo("count");
    assertThat(record.taskQueue()).isEqualTo("app");
    assertThat(record.deploymentId()).isEqualTo(Build.idOf(world.config));
    assertThat(record.input().text()).isEqualTo("\"in\"");
    assertThat(record.inputHash()).isNull();
    assertThat(delivered.get(20, TimeUnit.SECONDS).body().text()).isEqualTo("\"" + run.id() + "\"");
  }

  @Test
  void withAFreeSlotTheRunIsBornHereInOneAppendAndNobodyElseIsTold() {
    world.node.freeSlots(1);

    RunId run = new RunId(world.client.start(COUNT, "in").id());

    assertThat(world.node.begun().get(run))
        .extracting(event -> event.type())
        .containsExactly(EventType.RUN_CREATED, EventType.RUN_STARTED);
    assertThat(world.storage.appends).hasValue(1);
    RunRecord record = world.storage.run(run).orElseThrow();
    assertThat(record.owner()).isEqualTo(world.node.worker().value());
    assertThat(record.epoch()).isEqualTo(1);
    assertThat(world.messages("app")).isZero();
  }

  @Test
  void aRunOfAPinnedTypeStaysWithTheBuildThatTakesItFirst() {
    String elsewhere = world.client.start(COUNT.pinned(), "in").id();
    world.node.freeSlots(1);
    int before = world.storage.appends.get();
    String here = world.client.start(COUNT.pinned(), "in").id();
    assertThat(world.storage.appends.get() - before).as("appends").isEqualTo(1);

    assertThat(pinOf(elsewhere)).isEqualTo(Pin.FIRST);
    assertThat(pinOf(here)).isEqualTo(Pin.to(Build.idOf(world.config)));
    assertThat(pinOf(world.client.start(COUNT, "in").id())).isEqualTo(Pin.AUTO);
  }

  @Test
  void aStartSaysOtherwiseThanItsTypeHowItIsPinned() {
    assertThat(pinOf(world.client.start(COUNT.pinned(), "in", o -> o.pin(Pin.AUTO)).id()))
        .isEqualTo(Pin.AUTO);
    assertThat(pinOf(world.client.start(COUNT, "in", o -> o.pin("b7")).id()))
        .isEqualTo(Pin.to("b7"));
  }

  @Test
  void aRunThatIsPinnedToAnotherBuildIsNotBornHere() {
    world.node.freeSlots(1);
    String id = world.client.start(COUNT, "in", o -> o.pin("another")).id();

    assertThat(world.node.begun()).isEmpty();
    assertThat(world.node.freeSlots()).as("nor is a slot lost").isEqualTo(1);
    assertThat(pinOf(id)).isEqualTo(Pin.to("another"));
  }

  private Pin pinOf(String run) {
    return world.storage.run(new RunId(run)).orElseThrow().pin();
  }

  @Test
  void theSameKeyAndInputGiveTheSameRun() {
    Run<Integer> first = world.client.start(COUNT, "in", o -> o.runKey("k"));
    world.node.freeSlots(1);
    Run<Integer> second = world.client.start(COUNT, "in", o -> o.runKey("k"));

    assertThat(second.id()).isEqualTo(first.id());
    assertThat(world.node.freeSlots()).isEqualTo(1);
    assertThat(world.storage.runReads).hasValue(0);
  }

  @Test
  void aKeyOfARunThatIsGoneIsRefusedAndNamesIt() {
    AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);
    MemoryStore store = new MemoryStore(() -> InstantSource.system().instant().plus(later.get()));
    ClientWorld.Stores empty = new ClientWorld.Stores();
    try (ClientWorld aged =
        new ClientWorld(new ClientWorld.Stores(store, empty.queue(), empty.streamer()))) {
      Duration hour = Duration.ofHours(1);
      aged.storage.retain("count", new RetentionRule(hour, null, null, hour.multipliedBy(3)));
      aged.node.freeSlots(1);
      Run<Integer> gone = aged.client.start(COUNT, "in", o -> o.runKey("k"));
      RunId run = new RunId(gone.id());
      aged.owner(run, Due.NEVER, null, new Fact.RunCompleted(null));
      later.set(hour.multipliedBy(2));
      assertThat(aged.storage.prune(List.of(run))).containsExactly(run);

      RunKeyConflictException refused =
          catchThrowableOfType(
              RunKeyConflictException.class,
              () -> aged.client.start(COUNT, "in", o -> o.runKey("k")));
      assertThat(refused).hasMessageContaining("belonged to run " + run + ", which has ended");
      assertThat(refused.holder()).isEqualTo(gone.id());

      later.set(hour.multipliedBy(4));
      assertThat(aged.client.start(COUNT, "in", o -> o.runKey("k")).id()).isNotEqualTo(gone.id());
    }
  }

  @Test
  void theSameKeyWithAnotherInputIsRefusedWithBothHashes() {
    Run<Integer> first = world.client.start(COUNT, "in", o -> o.runKey("k"));
    world.node.freeSlots(1);

    RunKeyConflictException refused =
        catchThrowableOfType(
            RunKeyConflictException.class,
            () -> world.client.start(COUNT, "other", o -> o.runKey("k")));

    String recorded = world.storage.run(new RunId(first.id())).orElseThrow().inputHash();
    assertThat(refused).hasMessageContaining(first.id()).hasMessageContaining(recorded);
    assertThat(world.node.freeSlots()).isEqualTo(1);
  }

  @Test
  void keysAreScopedToTheWorkflow() {
    WorkflowType<String, Integer> other = WorkflowType.of("other", String.class, Integer.class);

    assertThat(world.client.start(COUNT, "in", o -> o.runKey("k")).id())
        .isNotEqualTo(world.client.start(other, "in", o -> o.runKey("k")).id());
  }

  @Test
  void attributesAreKept() {
    Run<Integer> run = world.client.start(COUNT, "in", o -> o.attribute("a", "1"));

    assertThat(world.storage.run(new RunId(run.id())).orElseThrow().attributes())
        .isEqualTo(Map.of("a", AttributeValue.of("1")));
  }

  @Test
  void aRunWithoutInputHasNone() {
    Run<Integer> run = world.client.start(COUNT, null);

    assertThat(world.storage.run(new RunId(run.id())).orElseThrow().input()).isNull();
  }

  @Test
  void aToolStartsByNameWithAJsonDocument() {
    Run<?> run = world.client.startJson("count", "{ \"a\" : 1 }", o -> o);

    assertThat(world.storage.run(new RunId(run.id())).orElseThrow().input().text())
        .isEqualTo("{ \"a\" : 1 }");
  }

  @Test
  void aMalformedDocumentIsRefusedBeforeAnythingHappens() {
    world.node.freeSlots(1);

    WorldException refused =
        catchThrowableOfType(
            WorldException.class, () -> world.client.startJson("count", "{", o -> o));

    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(world.node.freeSlots()).isEqualTo(1);
    assertThat(world.storage.appends).hasValue(0);
  }

  @Test
  void aSlotIsGivenBackWhenTheRunCannotBeCreated() {
    world.pump.close();
    world.node.freeSlots(1);

    WorldException refused =
        catchThrowableOfType(WorldException.class, () -> world.client.start(COUNT, "in"));

    assertThat(refused.code()).isEqualTo(ErrorCode.CLOSED);
    assertThat(world.node.freeSlots()).isEqualTo(1);
  }

  @Test
  void aRunIsAcceptedAlsoWhileTheQueueIsAway() {
    ClientWorld.Stores stores = new ClientWorld.Stores();
    MemoryQueue closed = new MemoryQueue(new SystemMachine());
    closed.close();
    try (ClientWorld lonely =
        new ClientWorld(
            stores, closed, new MemoryStreamer(stores.streamer(), new SystemMachine()), LONG)) {
      RunId run = new RunId(lonely.client.start(COUNT, "in").id());

      assertThat(lonely.storage.run(run)).isPresent();
    }
  }
}
