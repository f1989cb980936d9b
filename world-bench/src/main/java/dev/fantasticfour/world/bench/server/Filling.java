package dev.fantasticfour.world.bench.server;

import dev.fantasticfour.world.api.config.WorldConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** What a database holds that has been in use for long: runs that are over, and runs that wait. */
public final class Filling {

  /** A run of one step that is over: its row, its three events and its step. */
  private static final String OVER =
      """
      INSERT INTO workflow_runs (run_id, workflow, status, input, output, created_at, started_at,
          completed_at, deployment_id, spec_version, task_queue, last_position, epoch)
        SELECT 'wrun_0' || lpad(n::text, 25, '0'), 'filling', 'completed', '1', '1',
          at, at, at, 'bench', 1, 'bench', 4, 1
        FROM generate_series(1, {many}) n,
          LATERAL (SELECT timestamptz '2026-01-01 00:00Z' + n * interval '1 second' AS at) t;
      INSERT INTO workflow_events (run_id, position, type, correlation_id, created_at, occurred_at,
          batch_id, seen, name, branch, site_index, attempt, payload)
        SELECT 'wrun_0' || lpad(n::text, 25, '0'), p,
          (ARRAY['run_created', 'run_started', 'step_completed', 'run_completed'])[p],
          CASE WHEN p = 3 THEN 'step_0' END, now(), now(), 'btch_' || n || '_' || p,
          CASE WHEN p = 1 THEN -1 ELSE p - 1 END, CASE WHEN p = 3 THEN 'step' END,
          CASE WHEN p = 3 THEN '' END, CASE WHEN p = 3 THEN 0 END, CASE WHEN p = 3 THEN 1 END,
          CASE WHEN p > 2 THEN '1'::json END
        FROM generate_series(1, {many}) n, generate_series(1, 4) p;
      INSERT INTO workflow_steps (run_id, step_id, name, branch, status, attempt, failed_attempts,
          lost_attempts, output, created_at, updated_at, completed_at)
        SELECT 'wrun_0' || lpad(n::text, 25, '0'), 'step_0', 'step', '', 'completed', 1, 0, 0, '1',
          now(), now(), now()
        FROM generate_series(1, {many}) n
      """;

  /** A run that waits, half of them for a time: its row, its custody, two events, a hook. */
  private static final String PARKED =
      """
      INSERT INTO workflow_runs (run_id, workflow, status, input, created_at, started_at,
          deployment_id, spec_version, task_queue)
        SELECT 'wrun_1' || lpad(n::text, 25, '0'), 'filling', 'running', '1', now(), now(), 'bench',
          1, 'bench'
        FROM generate_series(1, {many}) n;
      INSERT INTO workflow_custody (run_id, phase, created_at, epoch, due_at, position, updated_at,
          other_position, claimed_position, holds, spec_version, task_queue, workflow)
        SELECT 'wrun_1' || lpad(n::text, 25, '0'), 'r', now(), 1,
          CASE WHEN n % 2 = 0 THEN now() + interval '30 days' END, 3, now(), 1, 2, true, 1,
          'bench', 'filling'
        FROM generate_series(1, {many}) n;
      INSERT INTO workflow_events (run_id, position, type, correlation_id, created_at, occurred_at,
          batch_id, seen, name, branch, site_index, token)
        SELECT 'wrun_1' || lpad(n::text, 25, '0'), p,
          (ARRAY['run_created', 'run_started', 'hook_created'])[p],
          CASE WHEN p = 3 THEN 'hook_0' END, now(), now(), 'btch_p' || n || '_' || p,
          CASE WHEN p = 1 THEN -1 ELSE p - 1 END, CASE WHEN p = 3 THEN 'hook' END,
          CASE WHEN p = 3 THEN '' END, CASE WHEN p = 3 THEN 0 END,
          CASE WHEN p = 3 THEN 'filling-' || n END
        FROM generate_series(1, {many}) n, generate_series(1, 3) p;
      INSERT INTO workflow_hooks (run_id, hook_id, name, token, token_hash, created_at)
        SELECT 'wrun_1' || lpad(n::text, 25, '0'), 'hook_0', 'hook', 'filling-' || n,
          sha256(('filling-' || n)::bytea), now()
        FROM generate_series(1, {many}) n
      """;

  private Filling() {}

  /**
   * Puts runs into tables that were migrated, and has the server vacuum and analyse them.
   *
   * @param over how many runs that are over
   * @param parked how many that wait and that nobody looks after
   */
  public static void fill(WorldConfig config, int over, int parked) throws SQLException {
    try (Connection connection = Database.of(config).connect();
        Statement statement = connection.createStatement()) {
      connection.setSchema(config.schema());
      statement.execute("SET synchronous_commit = off");
      statement.execute(OVER.replace("{many}", String.valueOf(over)));
      statement.execute(PARKED.replace("{many}", String.valueOf(parked)));
      statement.execute("VACUUM ANALYZE");
      statement.execute("CHECKPOINT");
    }
  }
}
