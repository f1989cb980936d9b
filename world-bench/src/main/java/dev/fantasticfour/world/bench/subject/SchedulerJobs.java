package dev.fantasticfour.world.bench.subject;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import dev.fantasticfour.world.bench.server.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** db-scheduler, with one scheduler. */
public final class SchedulerJobs implements JobRunner {

  /** How it is set up, for people. */
  public static final String SETTINGS =
      "db-scheduler: HikariCP pool of "
          + Pools.SIZE
          + ", lock-and-fetch with limits 1.0 and 4.0, 20 threads, polled every 50 ms, immediate"
          + " execution on, tasks scheduled in bulk.";

  private static final int AT_ONCE = 500;
  private static final String TABLE =
      """
      create table scheduled_tasks (
        task_name text not null,
        task_instance text not null,
        task_data bytea,
        execution_time timestamptz not null,
        picked boolean not null,
        picked_by text,
        last_success timestamptz,
        last_failure timestamptz,
        consecutive_failures int,
        last_heartbeat timestamptz,
        version bigint not null,
        priority smallint,
        primary key (task_name, task_instance));
      create index on scheduled_tasks (execution_time);
      create index on scheduled_tasks (last_heartbeat);
      """;

  private final HikariDataSource source;
  private final OneTimeTask<Void> task;
  private final Scheduler scheduler;
  private volatile JobCount current = new JobCount(0);
  private int round;

  /** One that keeps its table in that database. */
  public SchedulerJobs(Database database) throws SQLException {
    this.source = Pools.open(database);
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(TABLE);
    }
    this.task = Tasks.oneTime("job").execute((instance, context) -> current.ran());
    this.scheduler =
        Scheduler.create(source, task)
            .threads(Pools.SIZE)
            .pollUsingLockAndFetch(1.0, 4.0)
            .pollingInterval(Duration.ofMillis(50))
            .enableImmediateExecution()
            .build();
    scheduler.start();
  }

  @Override
  public double run(int jobs) throws InterruptedException {
    JobCount counted = new JobCount(jobs);
    current = counted;
    round++;
    for (int scheduled = 0; scheduled < jobs; scheduled += AT_ONCE) {
      List<TaskInstance<?>> some = new ArrayList<>();
      for (int i = scheduled; i < Math.min(jobs, scheduled + AT_ONCE); i++) {
        some.add(task.instance(round + "-" + i));
      }
      scheduler.scheduleBatch(some, Instant.now());
    }
    return counted.await();
  }

  @Override
  public void close() {
    scheduler.stop();
    source.close();
  }
}
