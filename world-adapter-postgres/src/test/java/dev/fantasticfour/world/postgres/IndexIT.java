package dev.fantasticfour.world.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.attribute.AttributeKey;
import dev.fantasticfour.world.api.attribute.AttributeOrder;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.RunCount;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.Runs;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Audit;
import dev.fantasticfour.world.core.port.Audit.Deed;
import dev.fantasticfour.world.core.port.Audit.Which;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Census;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.RunIndex;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every index is there for a query that is named beside it, and that query goes by it where a
 * million runs are over, reading little more than it returns.
 */
class IndexIT {

  private static final WorkerId WORKER = new WorkerId("wrkr_here");
  private static final Work WORK = new Work("q", Set.of("f"));
  private static final RunId LIVE = new RunId("live-7");
  private static final RunId OVER = new RunId("over-77777");
  private static final PageRequest PAGE = PageRequest.newestFirst();

  /** What is read besides what is asked for: the depth of an index, a page of rows, their joins. */
  private static final long FEW = 2_000;

  private static final int LIVE_RUNS = 20_000;

  private static final AttributeKey<String> ORDER = AttributeKey.keyword("order");
  private static final AttributeKey<Long> AMOUNT = AttributeKey.number("amount");
  private static final AttributeKey<Instant> DUE = AttributeKey.time("due");
  private static final AttributeKey<Set<String>> TAGS = AttributeKey.keywords("tags");

  /** When run {@code over-500000} began and ended. */
  private static final Instant HALF = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(500_000);

  /** The indexes that no migration makes, and an operator may. */
  private static final List<RunIndex> ASKED_FOR =
      List.of(
          new RunIndex.OfAttribute("amount", AttributeOrder.NUMBER),
          new RunIndex.OfAttribute("due", AttributeOrder.TIME),
          new RunIndex.OfEnd());

  /** Which query goes by which index. */
  private static final Map<String, Consumer<PostgresStorage>> QUERIES = queries();

  private static final Pattern NAMED =
      Pattern.compile("((?:^--.*\\n)*)^create (?:unique )?index (\\w+)", Pattern.MULTILINE);

  private static final Pattern QUERY = Pattern.compile("(\\w+Mapper)\\.(\\w+)|\\b(\\w+_v1)\\b");

  private static TestStore store;

  private static Map<String, Consumer<PostgresStorage>> queries() {
    Map<String, Consumer<PostgresStorage>> queries = new LinkedHashMap<>();
    queries.put("workflow_runs_pkey", s -> assertThat(s.run(OVER)).isPresent());
    queries.put(
        "workflow_runs_workflow_created_at",
        s -> assertThat(s.runs(of("g", null), PAGE).items()).hasSize(PAGE.limit()));
    queries.put(
        "workflow_runs_created_at",
        s -> assertThat(s.runs(of(null, null), PAGE).items()).hasSize(PAGE.limit()));
    queries.put(
        "workflow_runs_unsuccessful",
        s -> assertThat(s.runs(of(null, RunStatus.CANCELLED), PAGE).items()).hasSize(10));
    queries.put(
        "workflow_runs_attributes",
        s ->
            assertThat(
                    s.runs(Runs.all().where(AttributeKey.keyword("order").is("500000")), PAGE)
                        .items())
                .hasSize(1));
    queries.put(
        PostgresIndexes.name(ASKED_FOR.get(0)),
        s -> assertThat(found(s, Runs.all().where(AMOUNT.between(1_000L, 2_000L)))).hasSize(11));
    queries.put(
        PostgresIndexes.name(ASKED_FOR.get(1)),
        s -> {
          Instant next = HALF.plusSeconds(1_000);
          assertThat(found(s, Runs.all().where(DUE.between(HALF, next)))).hasSize(11);
        });
    queries.put(
        PostgresIndexes.name(ASKED_FOR.get(2)),
        s -> assertThat(found(s, Runs.all().endedSince(HALF))).hasSize(PAGE.limit()));
    queries.put("workflow_runs_run_key", s -> assertThat(s.runByKey("f", "key-1000")).isPresent());
    queries.put(
        "workflow_custody_pkey", s -> assertThat(s.claim(WORKER, WORK, List.of(LIVE))).hasSize(1));
    queries.put(
        "workflow_custody_due",
        s -> assertThat(s.due(WORKER, WORK, Duration.ofSeconds(2), 10)).hasSize(5));
    queries.put(
        "workflow_custody_stalled", s -> assertThat(s.standing(WORKER, WORK, 100)).hasSize(5));
    queries.put("workflow_events_pkey", s -> assertThat(s.history(OVER, 0, 10)).hasSize(1));
    queries.put(
        "workflow_events_batch_id",
        s -> append(s, TestStore.anyone(LIVE, about(null, new Fact.CancelRequested("please")))));
    queries.put(
        "workflow_events_hook_created",
        s -> {
          RunId run = TestStore.minted();
          append(s, TestStore.owning(run, WORKER, "f"));
          Draft hook = about("hook", new Fact.HookCreated(Site.named("h"), "" + run, null, null));
          append(s, TestStore.owner(run, WORKER, 1, 2, hook));
        });
    queries.put("workflow_steps_pkey", s -> assertThat(s.step(OVER, "s")).isPresent());
    queries.put("workflow_steps_open", s -> assertThat(s.unwatched(WORKER, WORK, 100)).hasSize(5));
    queries.put("workflow_hooks_pkey", s -> assertThat(s.hook(LIVE, "h")).isPresent());
    queries.put("workflow_hooks_token", s -> assertThat(s.hookByToken("token-7")).isPresent());
    queries.put(
        "workflow_hooks_created_at",
        s -> assertThat(s.hooks(null, PAGE).items()).hasSize(PAGE.limit()));
    queries.put("workflow_waits_pkey", s -> assertThat(s.waits(LIVE)).hasSize(1));
    queries.put("workflow_published_pkey", s -> assertThat(s.state(LIVE, "s")).isPresent());
    queries.put("workflow_changes_pkey", s -> assertThat(s.changes(LIVE)).hasSize(1));
    queries.put(
        "workflow_runs_parent", s -> assertThat(found(s, Runs.childrenOf(LIVE))).hasSize(10));
    queries.put("workflow_runs_root", s -> assertThat(found(s, Runs.treeOf(LIVE))).hasSize(10));
    queries.put(
        "workflow_runs_chain",
        s -> assertThat(found(s, Runs.chainOf(new RunId("over-7")))).hasSize(10));
    queries.put(
        "workflow_runs_copy_of",
        s -> assertThat(found(s, Runs.copiesOf(new RunId("over-7")))).hasSize(10));
    queries.put(
        "workflow_custody_held",
        s -> assertThat(s.beat(WORKER, Duration.ofHours(1), true).orElseThrow().held()).hasSize(5));
    queries.put(
        "workflow_children_pkey", s -> assertThat(s.children(LIVE, PAGE).items()).hasSize(1));
    queries.put("workflow_update_stages_pkey", s -> assertThat(s.update(LIVE, "u")).isPresent());
    queries.put("workflow_relays_pkey", s -> assertThat(s.relay(Set.of(LIVE), 1)).hasSize(1));
    queries.put(
        "workflow_relays_source", s -> assertThat(s.owed(new RunId("live-8"), 10)).hasSize(1));
    queries.put(
        "workflow_audit_pkey",
        s -> {
          Deed deed = new Deed("act_7", "ada", "cli", "cancel", "over-7", null, null);
          assertThat(s.audit(deed, Audit.Outcome.DONE, null)).isFalse();
        });
    queries.put(
        "workflow_audit_at",
        s -> assertThat(s.audits(Which.ALL, PAGE).items()).hasSize(PAGE.limit()));
    queries.put(
        "workflow_audit_target",
        s ->
            assertThat(s.audits(new Which(null, null, "over-7", null, null), PAGE).items())
                .hasSize(1));
    return queries;
  }

  private static List<RunRecord> found(PostgresStorage storage, RunFilter filter) {
    return storage.runs(filter, PAGE).items();
  }

  private static RunFilter of(String workflow, RunStatus status) {
    RunFilter filter = workflow == null ? Runs.all() : Runs.of(workflow);
    return status == null ? filter : filter.status(status);
  }

  private static Draft about(String id, Fact fact) {
    return new Draft(id, Instant.now(), fact);
  }

  private static void append(PostgresStorage storage, Batch batch) {
    assertThat(storage.append(List.of(batch)))
        .allMatch(AppendResult.Appended.class::isInstance, "appended");
  }

  @BeforeAll
  static void fill() throws SQLException {
    store = new TestStore();
    // Indexes are built at the end, at a tenth of the time.
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET synchronous_commit = off");
      statement.execute(
          """
          CREATE TABLE put_aside AS SELECT indexdef FROM pg_indexes
            WHERE tablename IN ('workflow_runs', 'workflow_events', 'workflow_steps')
              AND indexname NOT LIKE '%pkey';
          DO $$ DECLARE x record; BEGIN
            FOR x IN SELECT indexname FROM pg_indexes
              WHERE indexdef IN (SELECT indexdef FROM put_aside) LOOP
              EXECUTE 'DROP INDEX ' || x.indexname;
            END LOOP;
          END $$;
          INSERT INTO workflow_runs (run_id, workflow, status, unsuccessful, attributes, created_at,
              completed_at, deployment_id, spec_version, task_queue, run_key, run_key_hash,
              last_position, epoch, lineage)
            SELECT 'over-' || n, CASE WHEN n % 2 = 0 THEN 'f' ELSE 'g' END,
              CASE WHEN n % 100000 = 0 THEN 'cancelled' WHEN n % 1000 = 0 THEN 'failed'
                ELSE 'completed' END,
              CASE WHEN n % 1000 = 0 THEN true END,
              CASE WHEN n % 100 = 0 THEN jsonb_build_object('order', n::text, 'amount', n,
                'due', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                'tags', jsonb_build_array('t' || n % 10000)) ELSE '{}' END,
              at, at, 'd', 1, 'q', CASE WHEN n % 1000 = 0 THEN 'key-' || n END,
              CASE WHEN n % 1000 = 0 THEN sha256(('key-' || n)::bytea) END, 1, 1,
              CASE WHEN n % 1000 = 0 THEN jsonb_build_object('parent', 'live-' || n / 10000,
                'child', 'c' || n, 'close_policy', 'abandon', 'root', 'live-' || n / 10000,
                'depth', 1, 'predecessor', 'over-' || n - 1, 'chain', 'over-' || n / 10000,
                'chain_index', 1, 'idle', 0, 'copy_of', 'over-' || n / 10000, 'up_to', 1,
                'identity', 'over-' || n, 'seed', 'over-' || n) END
            FROM generate_series(1, 1000000) n,
              LATERAL (SELECT timestamptz '2026-01-01 00:00:00Z' + n * interval '1 second' AS at) t;
          INSERT INTO workflow_events (run_id, position, type, correlation_id, created_at,
              occurred_at, batch_id, seen)
            SELECT 'over-' || n, 2, CASE WHEN n % 50 = 0 THEN 'hook_created' ELSE 'run_completed' END,
              CASE WHEN n % 50 = 0 THEN 'hook' END, now(), now(), 'b' || n,
              CASE WHEN n % 10 = 0 THEN -1 ELSE 1 END
            FROM generate_series(1, 1000000) n;
          INSERT INTO workflow_steps (run_id, step_id, name, branch, status, attempt,
              failed_attempts, lost_attempts, created_at, updated_at, completed_at)
            SELECT 'over-' || n, 's', 'n', '', 'completed', 1, 0, 0, now(), now(), now()
            FROM generate_series(1, 1000000) n;
          DO $$ DECLARE x record; BEGIN
            FOR x IN SELECT indexdef FROM put_aside LOOP EXECUTE x.indexdef; END LOOP;
          END $$;
          INSERT INTO workflow_runs (run_id, workflow, status, created_at, deployment_id,
              spec_version, task_queue)
            SELECT 'live-' || n, 'f', 'running', '2025-01-01Z', 'd', 1, 'q'
            FROM generate_series(1, {live}) n;
          INSERT INTO workflow_custody (run_id, phase, created_at, epoch, due_at, position,
              updated_at, other_position, claimed_position, spec_version, task_queue, workflow,
              stalled_at, last_stall_at, last_stall_cause, held_at, owner)
            SELECT 'live-' || n, 'r', '2025-01-01Z', 1,
              CASE WHEN n BETWEEN 100 AND 104 THEN '-infinity'
                WHEN n % 3 = 0 THEN now() + interval '1 day' END,
              2, '2025-01-01Z', 1, 2, 1, 'q', 'f', CASE WHEN n BETWEEN 300 AND 304 THEN now() END,
              CASE WHEN n BETWEEN 300 AND 304 THEN now() END,
              CASE WHEN n BETWEEN 300 AND 304 THEN 'code' END,
              CASE WHEN n BETWEEN 400 AND 404 THEN now() END,
              CASE WHEN n BETWEEN 400 AND 404 THEN '{worker}' END
            FROM generate_series(1, {live}) n;
          INSERT INTO workflow_steps (run_id, step_id, name, branch, status, attempt,
              failed_attempts, lost_attempts, created_at, updated_at)
            SELECT 'live-' || n, 's', 'n', '', 'pending', 0, 0, 0, now(), now()
            FROM generate_series(200, 204) n;
          INSERT INTO workflow_hooks (run_id, hook_id, name, token, token_hash, created_at)
            SELECT 'live-' || n, 'h', 'n', 'token-' || n, sha256(('token-' || n)::bytea), now()
            FROM generate_series(1, {live}) n;
          INSERT INTO workflow_waits (run_id, wait_id, name, status, resume_at, created_at)
            SELECT 'live-' || n, 'w', 'n', 'waiting', now(), now()
            FROM generate_series(1, {live}) n;
          INSERT INTO workflow_events (run_id, position, type, name, created_at, occurred_at,
              batch_id, seen)
            SELECT 'live-' || n, 1, 'state_published', 's', now(), now(), 'l' || n, 1
            FROM generate_series(1, {live}) n;
          INSERT INTO workflow_published (run_id, name, position, updated_at)
            SELECT 'live-' || n, 's', 1, now() FROM generate_series(1, {live}) n;
          INSERT INTO workflow_changes (run_id, change_id, taken, position)
            SELECT 'live-' || n, 'c', true, 1 FROM generate_series(1, {live}) n;
          INSERT INTO workflow_children (run_id, child_id, child_run_id, workflow, close_policy,
              status, created_at)
            SELECT 'live-' || n, 'c', 'over-' || n, 'w', 'abandon', 'open', now()
            FROM generate_series(1, {live}) n;
          INSERT INTO workflow_update_stages (run_id, update_id, name, status, requested, created_at)
            SELECT 'live-' || n, 'u', 'n', 'requested', 1, now() FROM generate_series(1, {live}) n;
          INSERT INTO workflow_relays (relay_id, target_run_id, source_run_id, type, name,
              occurred_at)
            SELECT 'rely_' || n, 'live-' || n, 'live-' || n, 'signal_received', 's', now()
            FROM generate_series(1, {live}) n;
          INSERT INTO workflow_audit (request_id, at, actor, via, action, target, outcome)
            SELECT 'act_' || n, now() - n * interval '1 second', 'ada', 'cli', 'cancel',
              'over-' || n, 'done'
            FROM generate_series(1, {live}) n;
          ANALYZE\
          """
              .replace("{live}", "" + LIVE_RUNS)
              .replace("{worker}", WORKER.value()));
    }
    for (RunIndex index : ASKED_FOR) {
      assertThat(PostgresIndexes.create(store.config, index)).isTrue();
    }
    store.sql("ANALYZE workflow_runs");
    store.storage.register(WORKER, "b", Duration.ofHours(1));
    store.storage.close();
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @Test
  void everyIndexIsUsedByAQueryHere() throws SQLException {
    assertThat(
            store.sql(
                "SELECT indexname FROM pg_indexes WHERE schemaname = 'public'"
                    + " AND tablename LIKE 'workflow\\_%' AND tablename NOT IN"
                    + " ('workflow_schema_history', 'workflow_workers', 'workflow_builds',"
                    + " 'workflow_retention', 'workflow_maintenance', 'workflow_kept_runs',"
                    + " 'workflow_spent_keys', 'workflow_streams',"
                    + " 'workflow_stream_chunks')"))
        .containsExactlyInAnyOrderElementsOf(QUERIES.keySet());
  }

  @Test
  void theMigrationNamesAQueryBesideEveryIndex() throws IOException {
    int found = 0;
    for (String file :
        List.of(
            "V0001__create_workflow_tables",
            "V0003__create_stream_archive",
            "V0006__create_audit")) {
      Matcher index = NAMED.matcher(resource("migration/" + file + ".sql"));
      while (index.find()) {
        found++;
        Matcher query = QUERY.matcher(index.group(1));
        assertThat(query.find()).as("a query beside %s", index.group(2)).isTrue();
        do {
          if (query.group(1) != null) {
            assertThat(resource(query.group(1) + ".xml").contains("id=\"" + query.group(2) + "\""))
                .as("there is a %s, as %s says", query.group(), index.group(2))
                .isTrue();
          }
        } while (query.find());
      }
    }
    assertThat(found).isEqualTo(22);
  }

  @TestFactory
  Stream<DynamicTest> itsQueryGoesByItAndReadsLittle() {
    return QUERIES.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> goesBy(e.getKey(), e.getValue())));
  }

  private static void goesBy(String index, Consumer<PostgresStorage> query) throws Exception {
    Map<String, Long> before = reads();
    try (PostgresStorage storage = new PostgresStorageOpener(store.config).open()) {
      query.accept(storage);
    }
    Map<String, Long> after = reads();
    assertThat(after.get("by " + index)).isGreaterThan(before.get("by " + index));
    assertThat(after.get("rows") - before.get("rows")).isLessThan(FEW);
  }

  @Test
  void whatIsLiveIsListedWithoutReadingWhatIsOver() throws Exception {
    Map<String, Long> before = reads();
    try (PostgresStorage storage = new PostgresStorageOpener(store.config).open()) {
      assertThat(storage.runs(of(null, RunStatus.RUNNING), PAGE).items()).hasSize(PAGE.limit());
    }
    assertThat(reads().get("rows") - before.get("rows")).isLessThan(LIVE_RUNS + FEW);
  }

  /** ATT-8: the lists that docs/attributes.md shows go by an index, each. */
  @TestFactory
  Stream<DynamicTest> aListThatIsDocumentedReadsLittle() {
    Map<RunFilter, Integer> lists = new LinkedHashMap<>();
    lists.put(Runs.of("f").where(ORDER.is("500000")), 1);
    lists.put(Runs.all().where(ORDER.in(List.of("100", "200", "999", "900000"))), 3);
    lists.put(Runs.of("f").status(RunStatus.FAILED).createdSince(HALF), 20);
    lists.put(Runs.all().status(RunStatus.FAILED, RunStatus.CANCELLED).endedSince(HALF), 20);
    lists.put(Runs.of("f").where(ORDER.isNot("x")).where(TAGS.contains("t500")), 20);
    lists.put(Runs.all().where(AMOUNT.atLeast(999_000L)), 11);
    lists.put(
        Runs.all()
            .where(AMOUNT.atMost(900L))
            .where(DUE.atMost(Instant.parse("2026-01-01T00:20:00Z"))),
        9);
    lists.put(Runs.all().createdSince(HALF.plusSeconds(499_000)).where(ORDER.exists()), 11);
    lists.put(Runs.of("f").runKey("key-2000"), 1);
    lists.put(Runs.all().onlyStalled(), 5);
    return lists.entrySet().stream()
        .map(
            list ->
                DynamicTest.dynamicTest(
                    list.getKey().toString(),
                    () -> {
                      Map<String, Long> before = reads();
                      try (PostgresStorage storage = open()) {
                        assertThat(found(storage, list.getKey())).hasSize(list.getValue());
                        assertThat(storage.count(list.getKey()).runs())
                            .isGreaterThanOrEqualTo(list.getValue());
                      }
                      // What is live may be read for what stands beside a run; nothing of the
                      // million.
                      assertThat(reads().get("rows") - before.get("rows"))
                          .isLessThan(LIVE_RUNS + 2 * FEW);
                    }));
  }

  private static PostgresStorage open() {
    return new PostgresStorageOpener(store.config).open();
  }

  /** ATT-9: counting stops at ten thousand, whatever there is. */
  @Test
  void nobodyWaitsForTheNumberOfMillions() throws Exception {
    Map<String, Long> before = reads();
    try (PostgresStorage storage = open()) {
      assertThat(storage.count(Runs.of("g"))).isEqualTo(new RunCount(10_000, true));
      assertThat(storage.count(Runs.all())).isEqualTo(new RunCount(10_000, true));
    }
    assertThat(reads().get("rows") - before.get("rows")).isLessThan(40_000);
  }

  /** What is looked at for that is live, or failed lately; nothing of the million. */
  @Test
  void howEverythingStandsIsCountedWithoutReadingWhatIsOver() throws Exception {
    Map<String, Long> before = reads();
    try (PostgresStorage storage = open()) {
      Census.Counts counts = storage.census();
      assertThat(counts.open()).isEqualTo(Census.MOST + 1L);
      assertThat(counts.stalled()).isEqualTo(5);
      assertThat(counts.bytes().keySet()).containsAll(SchemaObjects.TABLES);
      assertThat(counts.bytes().get("workflow_runs")).isGreaterThan(100_000_000);
    }
    Map<String, Long> after = reads();
    for (String index :
        List.of("custody_pkey", "custody_stalled", "custody_due", "runs_unsuccessful")) {
      String name = "by workflow_" + index;
      assertThat(after.get(name)).as(index).isGreaterThan(before.get(name));
    }
    // The open as far as they are counted, and a thousand that did not end well.
    assertThat(after.get("rows") - before.get("rows"))
        .isLessThan(2 * Census.MOST + 1_000 + 2 * FEW);
  }

  /** ATT-5: the message says what would make the index. */
  @Test
  void aRangeWithoutAnIndexIsRefusedAndNamesTheCommand() {
    try (PostgresStorage storage = open()) {
      AttributeKey<Long> weight = AttributeKey.number("weight");
      assertThatThrownBy(() -> found(storage, Runs.all().where(weight.atLeast(1L))))
          .isInstanceOf(WorldException.class)
          .hasMessageContaining("world attributes index weight --number");
      AttributeKey<String> asText = AttributeKey.keyword("amount");
      assertThatThrownBy(() -> found(storage, Runs.all().where(asText.atLeast("1"))))
          .hasMessageContaining("world attributes index amount --text");
    }
  }

  @Test
  void anIndexIsMadeOnceAndListed() throws SQLException {
    for (RunIndex index : ASKED_FOR) {
      assertThat(PostgresIndexes.create(store.config, index)).isFalse();
    }
    assertThat(PostgresIndexes.list(store.config))
        .extracting(PostgresIndexes.Present::index)
        .containsExactlyInAnyOrderElementsOf(ASKED_FOR);
    RunIndex quoted = new RunIndex.OfAttribute("a'b", AttributeOrder.TEXT);
    assertThatThrownBy(() -> PostgresIndexes.create(store.config, quoted))
        .isInstanceOf(WorldException.class);
  }

  /**
   * How often each index was used, and how many rows were read, by scans of tables and of indexes;
   * once everybody is gone who has something to add.
   */
  private static Map<String, Long> reads() throws Exception {
    try (Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      for (boolean alone = false; !alone; ) {
        try (var rows =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND pid <> pg_backend_pid() AND backend_type = 'client backend'")) {
          rows.next();
          alone = rows.getLong(1) == 0;
        }
      }
    }
    return store
        .sql(
            "SELECT 'by ' || indexrelname || ' ' || idx_scan FROM pg_stat_user_indexes UNION ALL"
                + " SELECT 'rows ' || (SELECT sum(seq_tup_read) FROM pg_stat_user_tables WHERE"
                + " relname NOT IN ('workflow_schema_history', 'workflow_workers',"
                + " 'workflow_builds', 'workflow_maintenance')) + (SELECT sum(idx_tup_read) FROM"
                + " pg_stat_user_indexes)")
        .stream()
        .map(line -> Objects.requireNonNull(line).split(" (?=\\d+$)"))
        .collect(Collectors.toMap(line -> line[0], line -> Long.valueOf(line[1])));
  }

  private static String resource(String name) {
    try (InputStream in = PostgresStorage.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
