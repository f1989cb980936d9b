package dev.fantasticfour.world.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is common takes the quick way; the one that explains is for what is not. */
class QuickWayIT {

  private final TestStore store = new TestStore();
  private WorkerId worker;
  private RunId run;
  private long seen;
  private long judgedBefore;

  @BeforeEach
  void haveARun() {
    worker = store.worker("b");
    run = TestStore.minted();
    judgedBefore = store.storage.judgedBatches();
    store.accepted(TestStore.owning(run, worker, "f"));
    seen = 2;
  }

  @AfterEach
  void close() {
    store.close();
  }

  private AppendResult.Appended say(Draft... drafts) {
    AppendResult.Appended said = store.accepted(TestStore.owner(run, worker, 1, seen, drafts));
    seen += drafts.length;
    return said;
  }

  private void hear(Batch batch) {
    store.accepted(batch);
    seen++;
  }

  private Batch hold(int attempt, Fact fact) {
    return new Batch(
        TestStore.number("btch_"),
        new Target.OfRun(run),
        new Authority.AttemptHolder("q", attempt),
        null,
        List.of(TestStore.about("q", fact)));
  }

  private long judged() {
    return store.storage.judgedBatches() - judgedBefore;
  }

  @Test
  void inlineStepsWaitsAndTheEndTakeIt() {
    say(TestStore.about("s", new Fact.StepCompleted(Site.named("n"), 1, null, Payload.json("1"))));
    say(
        TestStore.about("t", new Fact.StepCreated(Site.named("n"), null)),
        TestStore.about("w", new Fact.WaitCreated(Site.named("w"), Instant.now())));
    say(TestStore.about("t", new Fact.StepStarted(Site.named("n"), 1, "me")));
    say(
        TestStore.about(
            "t", new Fact.StepRetrying(Site.named("n"), 1, Payload.json("1"), Instant.now())),
        TestStore.about("w", new Fact.WaitCompleted()));
    say(TestStore.about("t", new Fact.StepCompleted(Site.named("n"), 2, null, null)));
    say(new Draft(null, Instant.now(), new Fact.RunCompleted(Payload.json("2"))));
    assertThat(judged()).isZero();
    assertThat(store.storage.run(run).orElseThrow().lastPosition()).isEqualTo(seen);
  }

  @Test
  void hooksTakeItFromTheirCreationToTheirEnd() {
    say(TestStore.about("h", new Fact.HookCreated(Site.named("h"), run + "t", null, null)));
    hear(TestStore.toHook(run + "t", "1"));
    say(TestStore.about("h", new Fact.HookDisposed()));
    assertThat(judged()).isZero();
    assertThat(store.storage.history(run, 0, 10))
        .extracting(Event::correlationId)
        .containsExactly(null, null, "h", "h", "h");
  }

  @Test
  void attemptsOfQueuedStepsTakeIt() {
    say(TestStore.about("q", new Fact.StepCreated(Site.named("n"), null)));
    hear(hold(1, new Fact.StepStarted(null, 1, "somebody")));
    hear(hold(1, new Fact.StepRetrying(null, 1, Payload.json("1"), Instant.EPOCH)));
    hear(hold(2, new Fact.StepStarted(null, 2, "somebody")));
    hear(hold(2, new Fact.StepCompleted(null, 2, null, Payload.json("1"))));
    assertThat(judged()).isZero();
    assertThat(store.storage.step(run, "q").orElseThrow().attempt()).isEqualTo(2);
  }

  @Test
  void requestsToCancelAndTerminationsTakeIt() {
    hear(TestStore.anyone(run, new Draft(null, Instant.now(), new Fact.CancelRequested("why"))));
    hear(TestStore.anyone(run, new Draft(null, Instant.now(), new Fact.RunTerminated("so"))));
    assertThat(judged()).isZero();
  }

  @Test
  void aBatchThatIsSentAgainIsJudgedOnce() {
    Batch batch = TestStore.toHook(run + "t", "1");
    say(TestStore.about("h", new Fact.HookCreated(Site.named("h"), run + "t", null, null)));
    hear(batch);
    assertThat(store.append(batch)).isInstanceOf(AppendResult.Repeated.class);
    assertThat(judged()).isOne();
  }

  @Test
  void oneThatIsJudgedLeavesTheOthersTheQuickWay() {
    List<Batch> batches = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      batches.add(
          TestStore.anyone(
              TestStore.minted(), new Draft(null, Instant.now(), TestStore.creation("f"))));
    }
    batches.add(10, TestStore.owner(run, worker, 7, seen, TestStore.about("s", stepDone())));
    List<AppendResult> results = store.storage.append(batches);
    assertThat(results.remove(10)).isEqualTo(new AppendResult.Fenced(1, worker));
    assertThat(results).allMatch(AppendResult.Appended.class::isInstance);
    assertThat(judged()).isOne();
  }

  private static Fact stepDone() {
    return new Fact.StepCompleted(Site.named("n"), 1, null, null);
  }
}
