package dev.fantasticfour.world.postgres;

import java.util.List;

/** What the migrations make, by name. */
final class SchemaObjects {

  /** In the order in which they are applied, which is that of their numbers. */
  static final List<String> MIGRATIONS =
      List.of(
          "V0001__create_workflow_tables.sql",
          "V0002__create_append_v1.sql",
          "V0003__create_stream_archive.sql",
          "V0004__create_functions_over_many_runs.sql",
          "V0005__create_retention.sql",
          "V0006__create_audit.sql");

  /** Their numbers, in order. */
  static final List<Integer> NUMBERS =
      MIGRATIONS.stream().map(script -> Integer.valueOf(script.substring(1, 5))).toList();

  /** The number of the last migration. */
  static final int NEWEST = NUMBERS.getLast();

  /** Flyway's account of what was done. */
  static final String HISTORY = "workflow_schema_history";

  static final List<String> TABLES =
      List.of(
          "workflow_audit",
          "workflow_builds",
          "workflow_changes",
          "workflow_children",
          "workflow_custody",
          "workflow_events",
          "workflow_hooks",
          "workflow_kept_runs",
          "workflow_maintenance",
          "workflow_published",
          "workflow_relays",
          "workflow_retention",
          "workflow_runs",
          "workflow_spent_keys",
          "workflow_steps",
          "workflow_stream_chunks",
          "workflow_streams",
          "workflow_update_stages",
          "workflow_waits",
          "workflow_workers");

  static final List<String> VIEWS =
      List.of("workflow_run_records", "workflow_runs_live", "workflow_states", "workflow_updates");

  static final List<String> FUNCTIONS =
      List.of(
          "append_besides_v1",
          "append_kin_v1",
          "append_v1",
          "archive_v1",
          "census_v1",
          "claim_v1",
          "heartbeat_v1",
          "relay_v1",
          "reschedule_v1",
          "retention_erase_v1",
          "retention_obstacle_v1",
          "retention_page_v1",
          "retention_prune_v1",
          "retention_time_v1",
          "runs_by_id_v1",
          "short_logs_v1",
          "workflow_attribute_number",
          "workflow_attribute_text",
          "workflow_attribute_time");

  private SchemaObjects() {}
}
