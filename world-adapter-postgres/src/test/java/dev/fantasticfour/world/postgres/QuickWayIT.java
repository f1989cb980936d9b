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
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

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
    judgedBefore = store.storage.appendCounts().judged();
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
    return store.storage.appendCounts().judged() - judgedBefore;
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
  void whatIsBehindABatchThatFoundItsRunLockedDoesNotOvertakeIt() throws Exception {
    try (Connection other = store.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("SELECT FROM workflow_custody WHERE run_id = '" + run + "' FOR UPDATE");
      Batch first =
          TestStore.anyone(run, new Draft(null, Instant.now(), new Fact.CancelRequested("1")));
      JudgedAppends judged = new JudgedAppends(sessions(), errors(), () -> Duration.ZERO);
      Set<String> busy = new HashSet<>();
      assertThat(judged.append(first, false, busy)).isInstanceOf(AppendResult.Busy.class);
      other.rollback();
      Batch second =
          TestStore.anyone(run, new Draft(null, Instant.now(), new Fact.CancelRequested("2")));
      assertThat(judged.append(second, false, busy)).isInstanceOf(AppendResult.Busy.class);
      assertThat(judged.append(second, false, new HashSet<>()))
          .isInstanceOf(AppendResult.Appended.class);
    }
  }

  private Sessions sessions() {
    PostgresUrl url = PostgresUrl.primary(store.config);
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url.jdbc());
    source.setUser(url.user());
    source.setPassword(url.password());
    return new Sessions(PostgresPool.lent(source), Statements.of("public"));
  }

  private static PostgresErrors errors() {
    return new PostgresErrors("the test's server");
  }

  @Test
  void aTokenMayLeadToTheRunWhoseCreationIsSentAgainBehindIt() {
    say(TestStore.about("h", new Fact.HookCreated(Site.named("h"), run + "t", null, null)));
    Batch again = TestStore.anyone(run, new Draft(null, Instant.now(), TestStore.creation("f")));
    assertThat(store.storage.append(List.of(TestStore.toHook(run + "t", "1"), again)))
        .extracting(result -> (Object) result.getClass())
        .containsExactly(AppendResult.Appended.class, AppendResult.Conflict.class);
  }

  @Test
  void aStartThatBringsItsCreationIsNotHeldToTheWindowOfIds() {
    RunId old = TestStore.minted(System.currentTimeMillis() - Duration.ofHours(25).toMillis());
    Fact start = new Fact.RunStarted(TestStore.creation("f"));
    assertThat(
            store.accepted(TestStore.anyone(old, new Draft(null, Instant.now(), start))).events())
        .hasSize(2);
  }

  /** Counted by the indexes: a look that reads everything once is no scan of a table. */
  @Test
  void aLookReadsWhatItLooksForAndNotAllThereIs() throws Exception {
    store.sql(
        "INSERT INTO workflow_steps (run_id, step_id, name, branch, status, attempt,"
            + " failed_attempts, lost_attempts, created_at, updated_at) SELECT '"
            + run
            + "', 'x' || n, 'n', '', 'pending', 0, 0, 0, now(), now()"
            + " FROM generate_series(1, 5000) n");
    store.sql("UPDATE workflow_custody SET opened = true WHERE run_id = '" + run + "'");
    store.sql(
        "INSERT INTO workflow_hooks (run_id, hook_id, name, token, token_hash, created_at)"
            + " SELECT 'r' || n, 'h', '', 'o' || n, sha256(('o' || n)::bytea), now()"
            + " FROM generate_series(1, 5000) n");
    store.sql("ANALYZE");
    long before = readByIndexes();
    try (Connection connection = store.connect()) {
      Statements statements = Statements.of("public");
      for (Batch batch :
          List.of(
              TestStore.owner(
                  run,
                  worker,
                  1,
                  seen,
                  TestStore.about(
                      "h", new Fact.HookCreated(Site.named("h"), run + "t", null, null))),
              new Batch(
                  TestStore.number("btch_"),
                  new Target.OfRun(run),
                  new Authority.AttemptHolder("x7", 1),
                  null,
                  List.of(TestStore.about("x7", new Fact.StepStarted(null, 1, "me")))),
              TestStore.toHook(run + "t", "1"))) {
        Addition addition = Objects.requireNonNull(Supposition.of(batch));
        AppendCall call = AppendColumns.call(List.of(addition), Duration.ZERO, null);
        assertThat(
                statements
                    .rows(connection, AppendMapper.class, mapper -> mapper.append(call))
                    .getFirst()
                    .size())
            .isOne();
      }
    }
    assertThat(readByIndexes() - before).isLessThan(1_000);
  }

  private long readByIndexes() throws Exception {
    return Long.parseLong(
        store
            .sql(
                "SELECT sum(idx_tup_read) FROM pg_stat_user_indexes"
                    + " WHERE relname IN ('workflow_steps', 'workflow_hooks', 'workflow_events')")
            .getFirst());
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
