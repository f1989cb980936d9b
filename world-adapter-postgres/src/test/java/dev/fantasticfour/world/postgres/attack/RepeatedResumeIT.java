package dev.fantasticfour.world.postgres.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.embedded.Services;
import dev.fantasticfour.world.postgres.PostgresMigrations;
import dev.fantasticfour.world.postgres.PostgresStorageOpener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A resume whose answer was lost is answered when it is said again, whoever has the token then. */
class RepeatedResumeIT {

  private static final WorkerId OWNER = new WorkerId("wrkr_1");

  private static final Batches batches = new Batches("a");

  private static WorldConfig config;
  private static Storage storage;

  @BeforeAll
  static void open() {
    config = WorldConfig.defaults().withConnectionString(Services.postgres().freshDatabase());
    PostgresMigrations.migrate(config);
    storage = new PostgresStorageOpener(config).open();
    storage.register(OWNER, "build", Duration.ofMinutes(1));
  }

  @AfterAll
  static void close() {
    storage.close();
  }

  private static AppendResult append(Batch batch) {
    return storage.append(List.of(batch)).getFirst();
  }

  private static List<Event> appended(AppendResult result) {
    assertThat(result).isInstanceOf(AppendResult.Appended.class);
    return ((AppendResult.Appended) result).events();
  }

  private static List<Event> resumedAndMoved(RunId first, RunId next, String token, Batch resume) {
    appended(append(batches.creation(first, OWNER, token)));
    List<Event> resumed = appended(append(resume));
    appended(append(batches.terminate(first)));
    appended(append(batches.creation(next, OWNER, token)));
    return resumed;
  }

  @Test
  void whenAnotherRunHasTheTokenByThen() {
    Batch resume = batches.toToken("alone");
    List<Event> resumed = resumedAndMoved(new RunId("one"), new RunId("two"), "alone", resume);

    assertThat(append(resume))
        .isInstanceOfSatisfying(
            AppendResult.Repeated.class, again -> assertThat(again.events()).isEqualTo(resumed));
  }

  @Test
  void togetherWithANewOneForTheSameToken() {
    Batch resume = batches.toToken("shared");
    List<Event> resumed = resumedAndMoved(new RunId("three"), new RunId("four"), "shared", resume);

    List<AppendResult> results = storage.append(List.of(resume, batches.toToken("shared")));

    assertThat(results.getFirst())
        .isInstanceOfSatisfying(
            AppendResult.Repeated.class, again -> assertThat(again.events()).isEqualTo(resumed));
    assertThat(appended(results.getLast()).getFirst().run()).isEqualTo(new RunId("four"));
  }

  @Test
  void togetherWithANewOneForATokenThatIsGone() {
    Batch resume = batches.toToken("gone");
    appended(append(batches.creation(new RunId("five"), OWNER, "gone")));
    appended(append(resume));
    appended(append(batches.terminate(new RunId("five"))));

    List<AppendResult> results = storage.append(List.of(resume, batches.toToken("gone")));

    assertThat(results.getFirst()).isInstanceOf(AppendResult.Repeated.class);
    assertThat(results.getLast()).isInstanceOf(AppendResult.NotFound.class);
  }

  @Test
  void whileTheFirstIsOnItsWayWithTheEndOfItsHookBehindIt() throws Exception {
    RunId run = new RunId("six");
    Batch resume = batches.toToken("brief");
    appended(append(batches.creation(run, OWNER, "brief")));
    try (HeldTransaction held = new HeldTransaction(config)) {
      appended(held.append(resume));
      appended(held.append(batches.terminate(run)));
      held.keepOthersFromHooks();
      CompletableFuture<AppendResult> again = CompletableFuture.supplyAsync(() -> append(resume));
      held.awaitSomebodyKeptFromHooks();
      held.commit();

      assertThat(again.get()).isInstanceOf(AppendResult.Repeated.class);
    }
  }
}
