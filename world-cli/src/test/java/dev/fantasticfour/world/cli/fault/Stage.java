package dev.fantasticfour.world.cli.fault;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.cli.fault.Story.Told;
import dev.fantasticfour.world.embedded.Services;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Where a test plays: a database and a Redis, a world in this JVM that is only a client of them,
 * and the worker JVMs. All that it started is gone when it is closed.
 */
final class Stage implements AutoCloseable {

  /** Short, so that a takeover is soon; long enough for a crowded machine to keep. */
  static final Duration LEASE = Duration.ofSeconds(3);

  private final Map<String, String> variables = new TreeMap<>();
  private final Path logs;
  private final List<WorkerJvm> workers = new ArrayList<>();
  private final World world;
  private final Evidence evidence;

  /**
   * @param postgres URL of an empty database
   * @param logs directory for what the worker JVMs print
   */
  Stage(String postgres, String redis, Path logs) throws Exception {
    this.logs = logs;
    variables.put(WorldConfig.POSTGRES_URL, postgres);
    variables.put(WorldConfig.REDIS_URL, redis);
    variables.put("WORKFLOW_POSTGRES_JOB_PREFIX", "fault_" + UUID.randomUUID() + "_");
    variables.put("WORKFLOW_POSTGRES_MIGRATE", "true");
    variables.put("WORKFLOW_LEASE", LEASE.toString());
    world = World.create(config(), nothing -> {});
    variables.put("WORKFLOW_POSTGRES_MIGRATE", "false");
    evidence = new Evidence(config());
  }

  /** On the servers that all tests of this JVM share, which nobody harms. */
  static Stage onSharedServers(Path logs) throws Exception {
    return new Stage(Services.postgres().freshDatabase(), Services.redis().url(), logs);
  }

  WorldConfig config() {
    return WorldConfig.from(variables);
  }

  /** Sets a variable of all worker JVMs to come. */
  Stage with(String name, String value) {
    variables.put(name, value);
    return this;
  }

  WorldClient client() {
    return world.client();
  }

  /** Starts a run that does what the story says. */
  Run<Told> start(String... story) {
    return world.client().start(Story.TYPE, Story.of(story));
  }

  Evidence evidence() {
    return evidence;
  }

  /** Starts a worker JVM and waits until it takes runs; its build id is its name. */
  WorkerJvm worker(String name) throws Exception {
    WorkerJvm worker = starting(name);
    worker.awaitReady();
    return worker;
  }

  /** Waits until a worker has beaten for a whole lease: only then may it judge others. */
  void awaitJudge(WorkerJvm worker) throws Exception {
    Until.holds(
        worker.name() + " may judge",
        () ->
            evidence.is(
                "select registered_at + ?::interval < clock_timestamp() from workflow_workers"
                    + " where build_id = ? and not dead",
                LEASE.plus(LEASE.dividedBy(4)).toString(),
                worker.name()));
  }

  /** Starts a worker JVM without waiting for it. */
  WorkerJvm starting(String name) throws Exception {
    WorkerJvm worker = WorkerJvm.start(name, variables, logs);
    workers.add(worker);
    return worker;
  }

  /**
   * Starts a worker JVM of another release, which migrates the database first, and waits until it
   * takes runs.
   *
   * @param release what it has before all that this one has
   */
  WorkerJvm workerOf(Path release, String name) throws Exception {
    Map<String, String> migrating = new TreeMap<>(variables);
    migrating.put("WORKFLOW_POSTGRES_MIGRATE", "true");
    WorkerJvm worker = WorkerJvm.startOf(release, name, migrating, logs);
    workers.add(worker);
    worker.awaitReady();
    return worker;
  }

  /**
   * Starts a worker JVM of an earlier release, which has to do with the database as it is, and
   * waits until it takes runs.
   *
   * @param libraries all its jars
   */
  WorkerJvm workerOn(Path libraries, String name) throws Exception {
    WorkerJvm worker = WorkerJvm.startOn(libraries, name, variables, logs);
    workers.add(worker);
    worker.awaitReady();
    return worker;
  }

  /** Starts a JVM with another main class, without waiting for it. */
  WorkerJvm starting(Class<?> main, String name, String... arguments) throws Exception {
    WorkerJvm started = WorkerJvm.start(main, name, variables, logs, arguments);
    workers.add(started);
    return started;
  }

  @Override
  public void close() throws SQLException {
    workers.forEach(WorkerJvm::kill);
    evidence.close();
    world.close(Duration.ZERO);
  }
}
