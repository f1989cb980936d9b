package dev.fantasticfour.world.core.engine.client;

import static dev.fantasticfour.world.core.engine.client.ClientWorld.COUNT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.RunView;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.StallCause;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.port.Due;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client is shown of a run: what it does, why it does nothing, how it ended. */
@Timeout(30)
class RunViewTest {

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
    world.stands(run, StallCause.CODE, "no code");

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
    world.stands(run, StallCause.ERROR, "out of memory");

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
  void aPinnedRunThatNobodyTakesShowsItsBuild() {
    Run<Integer> run = world.client.start(COUNT, "in", o -> o.pin("b7"));
    world.ahead = Duration.ofSeconds(20);

    assertThat(run.view())
        .isInstanceOfSatisfying(
            RunView.Unattended.class,
            left -> assertThat(left.advice()).contains("build 'b7'", "world runs repin"));
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

  private RunView view(RunId run) {
    return world.client.run(run.value()).view();
  }
}
