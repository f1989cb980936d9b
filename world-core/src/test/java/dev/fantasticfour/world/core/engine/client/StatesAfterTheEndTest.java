package dev.fantasticfour.world.core.engine.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.SignalType;
import dev.fantasticfour.world.api.workflow.StateType;
import dev.fantasticfour.world.core.port.Due;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Signals and states of runs whose workers are elsewhere, or nowhere. */
class StatesAfterTheEndTest {

  private static final StateType<Integer> COUNT = StateType.of("count", Integer.class);
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final SignalType<String> ADD = SignalType.of("add", String.class);

  @Test
  @DisplayName("STA-2 What a run shows is read with all workers down, and after its end")
  void whatARunShowsIsReadWithoutAnyWorker() {
    ClientWorld.Stores stores = new ClientWorld.Stores();
    RunId run;
    try (ClientWorld worker = new ClientWorld(stores)) {
      run = worker.startOwned();
      worker.owner(run, Due.NEVER, null, new RunFact.StatePublished("count", Payload.json("7")));
    }
    try (ClientWorld other = new ClientWorld(stores)) {
      assertThat(other.client.state(COUNT, run.value()).orElseThrow().value()).isEqualTo(7);
      assertThat(other.client.awaitState(COUNT, run.value(), v -> v == 7, Duration.ZERO).position())
          .isEqualTo(3);
    }
    try (ClientWorld other = new ClientWorld(stores)) {
      assertThat(other.client.run(run.value()).terminate("enough")).isTrue();
      assertThat(other.client.state(COUNT, run.value()).orElseThrow().value()).isEqualTo(7);
    }
  }

  @Test
  void aStoreThatIsAwayForAMomentIsAskedAgain() {
    try (ClientWorld world = new ClientWorld()) {
      RunId run = world.startOwned();
      world.owner(run, Due.NEVER, null, new RunFact.StatePublished("count", Payload.json("7")));
      world.storage.failingStateReads.set(4);

      assertThat(world.client.awaitState(COUNT, run.value(), v -> v == 7, SOON).value())
          .isEqualTo(7);
    }
  }

  @Test
  void whatARunShowedLastIsFoundThoughTheStoreIsAwayWhenItHasEnded() {
    try (ClientWorld world = new ClientWorld()) {
      RunId run = world.startOwned();
      world.owner(run, Due.NEVER, null, new RunFact.StatePublished("count", Payload.json("7")));
      world.completes(run, "1");
      world.storage.failingStateReads.set(4);

      assertThat(world.client.awaitState(COUNT, run.value(), v -> v == 7, SOON).value())
          .isEqualTo(7);
    }
  }

  @Test
  void aSignalIsOneAppendAndOneWakeUp() {
    try (ClientWorld world = new ClientWorld()) {
      RunId run = world.startOwned();
      int appends = world.storage.appends.get();

      world.client.signal(ADD, run.value(), "a", o -> o);

      assertThat(world.storage.appends).hasValue(appends + 1);
      assertThat(world.storage.runReads).hasValue(0);
      assertThat(world.node.told()).containsOnlyKeys(run);
    }
  }
}
