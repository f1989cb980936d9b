package dev.fantasticfour.world.bench.subject;

import com.zaxxer.hikari.HikariDataSource;
import dev.fantasticfour.world.bench.server.Database;
import java.time.Duration;
import java.util.stream.IntStream;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.scheduling.JobScheduler;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jobrunr.utils.mapper.jackson.JacksonJsonMapper;

/** JobRunr, with one background server. */
public final class JobRunrJobs implements JobRunner {

  /** How it is set up, for people. */
  public static final String SETTINGS =
      "JobRunr: HikariCP pool of "
          + Pools.SIZE
          + ", polled every 5 s (its least; between two polls workers that fall idle fetch more),"
          + " number of workers as it chooses for this machine, jobs enqueued in bulk.";

  private static volatile JobCount current = new JobCount(0);

  private final HikariDataSource source;
  private final JobScheduler jobs;

  /** One that keeps its tables in that database. */
  public JobRunrJobs(Database database) {
    this.source = Pools.open(database);
    this.jobs =
        JobRunr.configure()
            .useJsonMapper(new JacksonJsonMapper())
            .useStorageProvider(new PostgresStorageProvider(source))
            .useBackgroundJobServer(
                BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                    .andPollInterval(Duration.ofSeconds(5)))
            .initialize()
            .getJobScheduler();
  }

  @Override
  public double run(int count) throws InterruptedException {
    JobCount counted = new JobCount(count);
    current = counted;
    jobs.enqueue(IntStream.range(0, count).boxed(), number -> job(number));
    return counted.await();
  }

  /** The job, called by JobRunr by its name. */
  public static void job(int number) {
    current.ran();
  }

  @Override
  public void close() {
    JobRunr.destroy();
    source.close();
  }
}
