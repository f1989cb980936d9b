package dev.fantasticfour.world.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.cli.fault.Story.Told;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A JVM is closed in order while its runs run bodies, wait for hooks, sleep and back off. */
@Timeout(120)
class GracefulCloseIT {

  private static final int EACH = 15;
  private static final Duration ONE_SWEEP_AND_A_SECOND = Duration.ofSeconds(2);

  /** What a crowded machine may add. */
  private static final Duration CROWD = Duration.ofSeconds(3);

  @TempDir static Path logs;
  private static Stage stage;
  private static final List<Run<Told>> RUNS = new ArrayList<>();
  private static Duration handedOverIn = Duration.ZERO;

  @BeforeAll
  static void closeTheOwner() throws Exception {
    stage = Stage.onSharedServers(logs);
    WorkerJvm first = stage.worker("first");
    WorkerJvm second = stage.starting("second");
    for (int i = 0; i < EACH; i++) {
      RUNS.add(stage.start("hook busy-" + i, "step a", "step b", "step c", "step d", "step e"));
      RUNS.add(stage.start("step a", "hook parked-" + i, "step b"));
      RUNS.add(stage.start("step a", "sleep 3000", "step b"));
      RUNS.add(stage.start("flaky a", "step b"));
    }
    Until.holds("the hooks are there", () -> hooks() == 2 * EACH);
    second.awaitReady();
    answer("busy-");
    first.close();
    String closedAt = stage.evidence().now();
    Until.holds("the second has all that is due", GracefulCloseIT::nothingDueIsLeft);
    handedOverIn =
        Duration.ofMillis(
            stage
                .evidence()
                .number(
                    "select (extract(epoch from clock_timestamp() - ?::timestamptz) *"
                        + " 1000)::bigint",
                    closedAt));
    answer("parked-");
    Until.holds("all are completed", () -> stage.evidence().runs("completed") == RUNS.size());
  }

  private static long hooks() throws Exception {
    return stage.evidence().number("select count(*) from workflow_hooks");
  }

  private static void answer(String tokens) {
    for (int i = 0; i < EACH; i++) {
      stage.client().resume(Story.HOOK, tokens + i, "yes");
    }
  }

  private static boolean nothingDueIsLeft() throws Exception {
    return stage
            .evidence()
            .number(
                "select count(*) from workflow_custody c where phase <> 'e' and due_at <="
                    + " clock_timestamp() and not exists (select from workflow_workers w where"
                    + " w.worker_id = c.owner and w.build_id = 'second')")
        == 0;
  }

  @AfterAll
  static void close() throws Exception {
    stage.close();
  }

  @Test
  void theOtherHasAllWithinASweepAndASecond() {
    System.out.println("[faults] handed over in " + handedOverIn);
    assertThat(handedOverIn).isLessThan(ONE_SWEEP_AND_A_SECOND.plus(CROWD));
  }

  @Test
  void noBodyHasRunInVain() throws Exception {
    assertThat(
            stage
                .evidence()
                .texts(
                    "select step || ' attempt ' || attempt || ': ' || string_agg(worker || ' from '"
                        + " || at || ' to ' || ended_at, ', then ' order by at) from fault_bodies"
                        + " group by step_id, step, attempt having count(*) > 1"))
        .isEmpty();
  }

  @Test
  void noTakeoverCountsAsALoss() throws Exception {
    assertThat(
            stage.evidence().number("select coalesce(max(lost_attempts), 0) from workflow_custody"))
        .isZero();
  }

  @Test
  void nothingForbiddenHasHappened() throws Exception {
    assertThat(stage.evidence().faults()).isEmpty();
  }
}
