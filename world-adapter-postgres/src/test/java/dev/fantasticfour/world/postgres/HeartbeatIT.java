package dev.fantasticfour.world.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.StepCustody.Heartbeat;
import dev.fantasticfour.world.core.port.StepCustody.Holding;
import dev.fantasticfour.world.core.port.StepCustody.Progress;
import dev.fantasticfour.world.core.port.WorkerId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is peculiar to PostgreSQL about those who run queued steps. */
@Timeout(60)
class HeartbeatIT {

  private static final String STEP = "step_1";

  /** A run with a step that is under way. */
  private static RunId underWay(TestStore store) {
    WorkerId worker = store.worker("b");
    RunId run = store.owned(worker, "f");
    AppendResult begun =
        store.append(
            TestStore.owner(
                run,
                worker,
                1,
                2,
                TestStore.about(STEP, new Fact.StepCreated(Site.named("s"), null)),
                TestStore.about(STEP, new Fact.StepStarted(null, 1, "w"))));
    assertThat(begun).isInstanceOf(AppendResult.Appended.class);
    return run;
  }

  private static Heartbeat said(RunId run, int line) {
    return new Heartbeat(run, STEP, 1, Payload.json("{\"line\":" + line + "}"));
  }

  @Test
  void progressIsReadableInSqlAndHasTheTimeOfTheStore() throws SQLException {
    try (TestStore store = new TestStore()) {
      RunId run = underWay(store);
      store.offset = Duration.ofDays(10);
      assertThat(store.storage.heartbeat(List.of(said(run, 7)))).containsExactly(Holding.HELD);

      assertThat(
              store.sql(
                  "SELECT progress->>'line' || ' ' || progress_attempt FROM workflow_steps"
                      + " WHERE progress_at > now() + interval '9 days'"))
          .containsExactly("7 1");
    }
  }

  @Test
  void aStepThatSomebodyWritesAboutIsPassedOverAndTheOthersAreHeard() throws SQLException {
    try (TestStore store = new TestStore();
        Connection connection = store.connect();
        Statement statement = connection.createStatement()) {
      RunId locked = underWay(store);
      RunId free = underWay(store);
      connection.setAutoCommit(false);
      statement.execute(
          "SELECT 1 FROM workflow_steps WHERE run_id = '" + locked + "' FOR NO KEY UPDATE");

      assertThat(store.storage.heartbeat(List.of(said(locked, 1), said(free, 2))))
          .containsExactly(Holding.BUSY, Holding.HELD);
      assertThat(store.storage.heartbeat(List.of(new Heartbeat(locked, STEP, 1, null))))
          .containsExactly(Holding.HELD);
      connection.rollback();

      assertThat(store.storage.progress(locked, STEP)).isEmpty();
      assertThat(store.storage.heartbeat(List.of(said(locked, 3)))).containsExactly(Holding.HELD);
      assertThat(store.storage.progress(locked, STEP).map(Progress::details))
          .contains(Payload.json("{\"line\":3}"));
    }
  }

  @Test
  void whoeverSaysNothingNewWritesNothing() throws SQLException {
    try (TestStore store = new TestStore()) {
      RunId run = underWay(store);
      String row = "SELECT xmin::text || ctid::text FROM workflow_steps";
      List<String> before = store.sql(row);
      assertThat(store.storage.heartbeat(List.of(new Heartbeat(run, STEP, 1, null))))
          .containsExactly(Holding.HELD);

      assertThat(store.sql(row)).isEqualTo(before);
    }
  }
}
