package dev.fantasticfour.world.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.config.RetentionPolicy;
import dev.fantasticfour.world.api.config.RetentionRule;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Retention.ExpiredRuns;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Runs go while others are appended to. With {@code -Dworld.pruned.runs=1000000} it is measured in
 * earnest, what appends take beside it and without.
 */
class PruneUnderLoadIT {

  private static final int RUNS = Integer.getInteger("world.pruned.runs", 2_000);
  private static final int IN_EARNEST = 100_000;
  private static final int WRITERS = 4;
  private static final int PAGE = 200;

  /** Of pages that follow each other as fast as they can, without the rests that workers take. */
  private volatile boolean over;

  @Test
  void appendsGoOnWhileManyRunsGo() throws Exception {
    try (TestStore store = new TestStore();
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
      fill(store);
      long alone = percentile(appending(store, threads, Duration.ofSeconds(1)));
      store.storage.retain(
          RetentionPolicy.ALL, new RetentionRule(Duration.ofDays(30), null, null, null));
      List<Future<List<Long>>> writers = writers(store, threads);
      long begun = System.nanoTime();
      long gone = 0;
      String after = null;
      do {
        ExpiredRuns page = store.storage.expired(after, PAGE);
        gone += store.storage.prune(page.ids()).size();
        after = page.next();
      } while (after != null);
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      long beside = percentile(end(writers));

      assertThat(gone).isEqualTo(RUNS);
      assertThat(store.sql("select count(*) from workflow_events where run_id like 'old-%'"))
          .containsExactly("0");
      System.out.printf(
          "%d runs gone in %s; an append took %d µs at most 95 times in 100, %d without%n",
          gone, took, beside / 1_000, alone / 1_000);
      if (RUNS >= IN_EARNEST) {
        assertThat(beside).isLessThan(alone * 3);
      }
    }
  }

  private static void fill(TestStore store) throws SQLException {
    store.sql(
        """
        INSERT INTO workflow_runs (run_id, workflow, status, created_at, completed_at,
            deployment_id, spec_version, task_queue, last_position, epoch)
          SELECT 'old-' || n, 'w', 'completed', at, at, 'd', 1, 'q', 4, 1
          FROM generate_series(1, {runs}) n,
            LATERAL (SELECT now() - interval '60 days' + n * interval '1 second' AS at) t
          RETURNING 1
        """
            .replace("{runs}", "" + RUNS));
    store.sql(
        """
        INSERT INTO workflow_events (run_id, position, type, created_at, occurred_at, batch_id, seen)
          SELECT 'old-' || n, p, 'wait_completed', now(), now(), 'b' || n, 1
          FROM generate_series(1, {runs}) n, generate_series(1, 4) p RETURNING 1
        """
            .replace("{runs}", "" + RUNS));
    store.sql(
        """
        INSERT INTO workflow_steps (run_id, step_id, name, branch, status, attempt, failed_attempts,
            lost_attempts, output, created_at, updated_at, completed_at)
          SELECT 'old-' || n, 's' || p, 'n', '', 'completed', 1, 0, 0, '{"a":1}', now(), now(), now()
          FROM generate_series(1, {runs}) n, generate_series(1, 2) p RETURNING 1
        """
            .replace("{runs}", "" + RUNS));
  }

  private List<Long> appending(TestStore store, ExecutorService threads, Duration time)
      throws Exception {
    List<Future<List<Long>>> writers = writers(store, threads);
    Instant until = Instant.now().plus(time);
    while (Instant.now().isBefore(until)) {
      Thread.onSpinWait();
      Thread.yield();
    }
    return end(writers);
  }

  private List<Future<List<Long>>> writers(TestStore store, ExecutorService threads) {
    over = false;
    Callable<List<Long>> writer =
        () -> {
          List<Long> took = new ArrayList<>();
          RunId run = store.run("live");
          do {
            Draft step =
                TestStore.about(
                    "step_" + took.size(),
                    new Fact.StepCreated(new Site("s", "", took.size()), null));
            long begun = System.nanoTime();
            AppendResult result = store.append(TestStore.anyone(run, step));
            took.add(System.nanoTime() - begun);
            assertThat(result).isInstanceOf(AppendResult.Appended.class);
          } while (!over);
          return took;
        };
    return Collections.nCopies(WRITERS, writer).stream().map(threads::submit).toList();
  }

  private List<Long> end(List<Future<List<Long>>> writers) throws Exception {
    over = true;
    List<Long> all = new ArrayList<>();
    for (Future<List<Long>> writer : writers) {
      all.addAll(writer.get());
    }
    return all;
  }

  private static long percentile(List<Long> took) {
    List<Long> sorted = took.stream().sorted().toList();
    return sorted.get(sorted.size() * 95 / 100);
  }
}
