package dev.fantasticfour.world.cli.demo;

import java.util.List;

/** Three questions anybody can ask the store, with nothing but SQL. */
final class DemoQueries {

  private DemoQueries() {}

  /** A question in words, and in SQL. */
  record Query(String question, String sql) {}

  static final List<Query> ALL =
      List.of(
          new Query(
              "How did the runs end, and how many were claimed more than once, by whatever worker?",
              """
              select status, count(*) as runs,
                     count(*) filter (where epoch > 1) as claimed_again,
                     round(max(extract(epoch from completed_at - created_at))::numeric, 1) as slowest_s
                from workflow_runs
               group by status
               order by status;\
              """),
          new Query(
              "What did each step take: how often was it recorded, how often tried, how often run?",
              """
              select s.name as step, s.status, count(*) as recorded, sum(s.attempt) as attempts,
                     (select count(*) from demo_bodies b where b.step = s.name) as bodies_run
                from workflow_steps s
               group by s.name, s.status
               order by min(s.created_at);\
              """),
          new Query(
              "What did each region buy? (Payloads are JSON, not blobs.)",
              """
              select output ->> 'region' as region, count(*) as orders,
                     round(sum((output ->> 'cents')::bigint) / 100.0, 2) as revenue,
                     min(output ->> 'approvedBy') as approved_by
                from workflow_runs
               where workflow = 'demo-order' and status = 'completed'
               group by 1
               order by 1;\
              """));
}
