package dev.fantasticfour.world.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Birth;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.event.SendFact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.ClosePolicy;
import dev.fantasticfour.world.api.run.Parent;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.RunLog.Relayed;
import dev.fantasticfour.world.core.port.WorkerId;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What runs owe to each other takes the quick way, and is judged where it is not as supposed. */
class QuickRelayIT {

  private static final Site SITE = Site.named("n");

  private final TestStore store = new TestStore();
  private final WorkerId worker = store.worker("b");
  private final Map<RunId, Long> seen = new HashMap<>();

  @AfterEach
  void close() {
    store.close();
  }

  private RunId owned() {
    RunId run = TestStore.minted();
    store.accepted(TestStore.owning(run, worker, "f"));
    seen.put(run, 2L);
    return run;
  }

  private void say(RunId run, Draft... drafts) {
    long before = seen.merge(run, (long) drafts.length, Long::sum) - drafts.length;
    store.accepted(TestStore.owner(run, worker, 1, before, drafts));
  }

  private void send(RunId source, RunId target, int number) {
    say(
        source,
        TestStore.about(
            "send_" + number,
            new SendFact.SignalSent(
                SITE, target.value(), "ping", Payload.json(Integer.toString(number)))));
  }

  private RunId child(RunId parent, String id, ClosePolicy policy) {
    RunId child = TestStore.minted();
    Fact.RunCreated creation =
        TestStore.creation("c").childOf(new Parent(parent.value(), id, policy, parent.value(), 1));
    say(
        parent,
        TestStore.about(
            id,
            new ChildFact.Created(
                SITE, child.value(), "c", policy, null, new Birth(creation, false))));
    return child;
  }

  private void end(RunId run, Fact how) {
    store.accepted(TestStore.anyone(run, new Draft(null, Instant.now(), how)));
  }

  private List<Relayed> relay(RunId... targets) {
    return store.storage.relay(Set.of(targets), 1_000);
  }

  private List<Class<?>> facts(RunId run) {
    return store.storage.history(run, 2, 100).stream()
        .filter(event -> !event.byOwner())
        .<Class<?>>map(event -> event.fact().getClass())
        .toList();
  }

  @Test
  void endsOfChildrenSignalsAndRequestsToCancelTakeIt() throws Exception {
    RunId parent = owned();
    RunId other = owned();
    RunId asked = child(parent, "chld_1", ClosePolicy.ABANDON);
    RunId failed = child(parent, "chld_2", ClosePolicy.ABANDON);
    RunId terminated = child(parent, "chld_3", ClosePolicy.ABANDON);
    say(parent, TestStore.about("chld_1", new ChildFact.CancelRequested("enough")));
    send(other, parent, 1);
    end(failed, new Fact.RunFailed(Payload.json("\"no\""), "E"));
    end(terminated, new Fact.RunTerminated("so"));
    send(other, parent, 2);

    List<Relayed> relayed = relay(parent, asked);

    assertThat(store.storage.appendCounts().judgedRelays()).isZero();
    assertThat(relayed).extracting(Relayed::run).containsExactlyInAnyOrder(parent, asked);
    assertThat(facts(asked)).isEmpty();
    assertThat(store.storage.history(asked, 1, 10))
        .extracting(Event::fact)
        .containsExactly(new Fact.CancelRequested("enough"));
    assertThat(facts(parent))
        .containsExactly(
            RunFact.SignalReceived.class,
            ChildFact.Failed.class,
            ChildFact.Cancelled.class,
            RunFact.SignalReceived.class);
    for (Relayed entered : relayed) {
      long first = entered.events().getFirst().position();
      assertThat(entered.events())
          .as("as they are in the log")
          .isEqualTo(store.storage.history(entered.run(), first - 1, 100));
      assertThat(entered.owner()).isEqualTo(entered.run().equals(parent) ? worker : null);
      assertThat(entered.taskQueue()).isEqualTo("queue");
    }
    assertThat(store.sql("SELECT relay_id FROM workflow_relays")).isEmpty();
    assertThat(
            store.sql("SELECT child_id || ' ' || status FROM workflow_children ORDER BY child_id"))
        .containsExactly("chld_1 open", "chld_2 failed", "chld_3 cancelled");
  }

  @Test
  void howeverManyRunsHearItIsOneStatement() {
    RunId source = owned();
    List<RunId> targets = List.of(owned(), owned(), owned());
    for (int i = 0; i < 9; i++) {
      send(source, targets.get(i % 3), i);
    }
    PostgresUrl url = PostgresUrl.primary(store.config);
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url.jdbc());
    config.setUsername(url.user());
    config.setPassword(url.password());
    config.setMaximumPoolSize(2);
    StatementWatch watch = new StatementWatch();
    try (HikariDataSource pool = new HikariDataSource(config);
        PostgresStorage storage =
            new PostgresStorageOpener(store.config).over(watch.watch(pool)).open()) {
      watch.takeCount();
      assertThat(storage.relay(Set.copyOf(targets), 1_000))
          .hasSize(3)
          .allSatisfy(entered -> assertThat(entered.events()).hasSize(3));
      assertThat(watch.takeCount()).isOne();
      assertThat(storage.relay(Set.copyOf(targets), 1_000)).isEmpty();
      assertThat(watch.takeCount()).as("nothing waits").isOne();
    }
  }

  @Test
  void theEndOfAChildThatIsNotOpenIsJudgedAndTheRestEnters() throws Exception {
    RunId parent = owned();
    RunId child = child(parent, "chld_1", ClosePolicy.ABANDON);
    RunId other = owned();
    send(other, parent, 1);
    end(child, new Fact.RunCompleted(null));
    send(other, parent, 2);
    store.sql("UPDATE workflow_children SET status = 'completed'");

    assertThat(relay(parent).getFirst().events()).hasSize(2);

    assertThat(store.storage.appendCounts().judgedRelays()).isOne();
    assertThat(facts(parent))
        .containsExactly(RunFact.SignalReceived.class, RunFact.SignalReceived.class);
    assertThat(store.sql("SELECT relay_id FROM workflow_relays")).isEmpty();
  }

  @Test
  void whatIsSaidTwiceOfAChildIsJudged() throws Exception {
    RunId parent = owned();
    RunId child = child(parent, "chld_1", ClosePolicy.ABANDON);
    end(child, new Fact.RunCompleted(null));
    store.sql(
        "INSERT INTO workflow_relays (relay_id, target_run_id, source_run_id, type, correlation_id,"
            + " other_run_id, flag, occurred_at) SELECT 'rely_again', target_run_id, source_run_id,"
            + " 'child_cancelled', correlation_id, other_run_id, true, now() FROM workflow_relays");

    assertThat(relay(parent).getFirst().events()).hasSize(1);

    assertThat(store.storage.appendCounts().judgedRelays()).isOne();
    assertThat(facts(parent)).containsExactly(ChildFact.Completed.class);
  }

  @Test
  void whatEndsItsTargetIsJudged() {
    RunId parent = owned();
    RunId child = child(parent, "chld_1", ClosePolicy.TERMINATE);
    say(parent, new Draft(null, Instant.now(), new Fact.RunCompleted(null)));
    send(owned(), child, 1);

    assertThat(relay(child).getFirst().events()).hasSize(1);

    assertThat(store.storage.appendCounts().judgedRelays()).isOne();
    assertThat(store.storage.run(child).orElseThrow().status()).isEqualTo(RunStatus.CANCELLED);
  }

  @Test
  void whatNobodyHearsIsJudgedAndDoesNotHoldUpTheOthers() throws Exception {
    RunId source = owned();
    RunId over = owned();
    RunId open = owned();
    say(over, new Draft(null, Instant.now(), new Fact.RunCompleted(null)));
    RunId nobody = TestStore.minted();
    send(source, over, 1);
    send(source, open, 2);
    send(source, nobody, 3);

    assertThat(relay(over, open, nobody)).extracting(Relayed::run).containsExactly(open);

    assertThat(store.storage.appendCounts().judgedRelays()).isEqualTo(2);
    assertThat(store.sql("SELECT relay_id FROM workflow_relays")).isEmpty();
  }

  @Test
  void aRunThatSomebodyElseHoldsIsLeftForLater() throws Exception {
    RunId source = owned();
    RunId held = owned();
    RunId open = owned();
    send(source, held, 1);
    send(source, open, 2);
    try (Connection other = store.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("SELECT FROM workflow_custody WHERE run_id = '" + held + "' FOR UPDATE");
      assertThat(relay(held, open)).extracting(Relayed::run).containsExactly(open);
      assertThat(store.storage.appendCounts().judgedRelays()).isZero();
      other.rollback();
    }
    assertThat(relay(held, open)).extracting(Relayed::run).containsExactly(held);
  }

  @Test
  void whatIsTooMuchForOneTransactionIsMovedRunByRun() throws Exception {
    RunId source = owned();
    RunId first = owned();
    RunId second = owned();
    store.sql(
        "INSERT INTO workflow_relays (relay_id, target_run_id, source_run_id, type, name,"
            + " occurred_at) SELECT 'rely_' || r || n, r, '"
            + source
            + "', 'signal_received', 'ping', now() FROM unnest(ARRAY['"
            + first
            + "', '"
            + second
            + "']) AS r, generate_series(1, 2001) AS n");

    List<Relayed> relayed = store.storage.relay(Set.of(first, second), 5_000);

    assertThat(relayed)
        .hasSize(2)
        .allSatisfy(entered -> assertThat(entered.events()).hasSize(2_001));
    assertThat(store.storage.appendCounts().judgedRelays()).isOne();
  }
}
