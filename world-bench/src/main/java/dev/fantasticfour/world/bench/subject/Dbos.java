package dev.fantasticfour.world.bench.subject;

import com.zaxxer.hikari.HikariDataSource;
import dev.dbos.transact.DBOS;
import dev.dbos.transact.StartWorkflowOptions;
import dev.dbos.transact.config.DBOSConfig;
import dev.dbos.transact.workflow.Queue;
import dev.dbos.transact.workflow.Workflow;
import dev.dbos.transact.workflow.WorkflowHandle;
import dev.fantasticfour.world.bench.server.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** DBOS Transact, one executor with a pool of 20 connections. */
public final class Dbos implements StepRunner {

  /** How it is set up, for people. */
  public static final String SETTINGS =
      "DBOS Transact "
          + DBOS.version()
          + ": HikariCP pool of 20, LISTEN/NOTIFY on, its queue"
          + " polled every 50 ms (its default is 1 s), no limit on its concurrency.";

  private static final String TOPIC = "go";

  private final HikariDataSource pool;
  private final CountingSource source;
  private final DBOS dbos;
  private final Queue queue;
  private final Flows body;
  private final DbosFlows flows;

  /** One that keeps its tables in that database. */
  public Dbos(Database database) {
    this(database, new Queue("bench"));
  }

  /** The same, whose queue lets that many workflows go on at once. */
  public static Dbos bounded(Database database, int atOnce) {
    return new Dbos(database, new Queue("bench").withWorkerConcurrency(atOnce));
  }

  private Dbos(Database database, Queue queue) {
    this.queue = queue.withPollingInterval(Duration.ofMillis(50));
    this.pool = Pools.open(database);
    this.source = new CountingSource(pool);
    this.dbos =
        new DBOS(
            DBOSConfig.defaults("bench")
                .withDataSource(source)
                .withUseListenNotify(true)
                .withExecutorId(UUID.randomUUID().toString())
                .withAppVersion("bench"));
    this.body = new Flows(dbos, this.queue);
    this.flows = dbos.registerProxy(DbosFlows.class, body);
    body.self = flows;
    dbos.registerQueue(this.queue);
    dbos.launch();
  }

  @Override
  public void run(int steps) throws Exception {
    StepRunner.check(steps, start(steps, new StartWorkflowOptions()).getResult());
  }

  /**
   * The same through the queue. The handle of a queued workflow asks for the result once a second;
   * so as not to measure that, the workflow itself tells the caller, inside this JVM, when its last
   * step is done.
   */
  public void runQueued(int steps) throws Exception {
    String id = UUID.randomUUID().toString();
    CompletableFuture<Integer> told = new CompletableFuture<>();
    body.awaited.put(id, told);
    start(steps, new StartWorkflowOptions(id).withQueue(queue));
    StepRunner.check(steps, told.get());
  }

  /** Runs one workflow whose input is that text, and the result of its step too. */
  public void echo(String text) throws Exception {
    int length = dbos.startWorkflow(() -> flows.echo(text), new StartWorkflowOptions()).getResult();
    if (length != text.length()) {
      throw new IllegalStateException(text.length() + " characters came to " + length);
    }
  }

  private WorkflowHandle<Integer, RuntimeException> start(int steps, StartWorkflowOptions options) {
    return dbos.startWorkflow(() -> flows.steps(steps), options);
  }

  /** Runs one workflow that starts that many children and awaits them. */
  public void fanOut(int count) throws Exception {
    check(count, dbos.startWorkflow(() -> flows.fanOut(count)).getResult());
  }

  /** The same with children that go through the queue. */
  public void fanOutQueued(int count) throws Exception {
    check(count, dbos.startWorkflow(() -> flows.fanOutQueued(count)).getResult());
  }

  private static void check(int count, int done) {
    if (done != count) {
      throw new IllegalStateException(done + " of " + count + " children have ended");
    }
  }

  /** How many statements it has sent, at least. */
  public long statements() {
    return source.taken();
  }

  /** Starts a workflow that waits for a message. */
  public WaitingRun startResumed() {
    return new WaitingRun(dbos, dbos.startWorkflow(() -> flows.resumed(TOPIC)));
  }

  /** A workflow that waits for a message. */
  public static final class WaitingRun {

    private final DBOS dbos;
    private final WorkflowHandle<Long, RuntimeException> handle;

    private WaitingRun(DBOS dbos, WorkflowHandle<Long, RuntimeException> handle) {
      this.dbos = dbos;
      this.handle = handle;
    }

    /** Sends it its message. */
    public void resume() {
      dbos.send(handle.workflowId(), 1L, TOPIC);
    }

    /** Waits for its end, and tells when it went on, by {@link System#nanoTime}. */
    public long goesOnAt() {
      return handle.getResult();
    }
  }

  /** Starts a workflow that waits for a message and answers it by an event. */
  public AskedRun startAsked() {
    return new AskedRun(dbos, TOPIC, dbos.startWorkflow(() -> flows.asked(TOPIC)));
  }

  @Override
  public void close() {
    dbos.shutdown();
    pool.close();
  }

  /** What DBOS calls, through its proxy. */
  public static final class Flows implements DbosFlows {

    private static final Duration PATIENCE = Duration.ofHours(1);

    private final DBOS dbos;
    private final Queue queue;
    private final Map<String, CompletableFuture<Integer>> awaited = new ConcurrentHashMap<>();
    private DbosFlows self = this;

    Flows(DBOS dbos, Queue queue) {
      this.dbos = dbos;
      this.queue = queue;
    }

    @Override
    @Workflow(name = "steps")
    public int steps(int count) {
      int sum = 0;
      for (int i = 0; i < count; i++) {
        int number = i;
        sum += dbos.<Integer, RuntimeException>runStep(() -> number, "step");
      }
      CompletableFuture<Integer> told = awaited.remove(String.valueOf(DBOS.workflowId()));
      if (told != null) {
        told.complete(sum);
      }
      return sum;
    }

    @Override
    @Workflow(name = "echo")
    public int echo(String text) {
      return dbos.<String, RuntimeException>runStep(() -> text, "step").length();
    }

    @Override
    @Workflow(name = "fanOut")
    public int fanOut(int count) {
      return fanOut(count, new StartWorkflowOptions());
    }

    @Override
    @Workflow(name = "fanOutQueued")
    public int fanOutQueued(int count) {
      return fanOut(count, new StartWorkflowOptions().withQueue(queue));
    }

    private int fanOut(int count, StartWorkflowOptions options) {
      List<WorkflowHandle<Integer, RuntimeException>> children = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        children.add(dbos.startWorkflow(() -> self.steps(1), options));
      }
      int done = 0;
      for (WorkflowHandle<Integer, RuntimeException> child : children) {
        done += child.getResult() == 0 ? 1 : 0;
      }
      return done;
    }

    @Override
    @Workflow(name = "resumed")
    public long resumed(String topic) {
      if (dbos.<Long>recv(topic, PATIENCE).isEmpty()) {
        throw new IllegalStateException("no message has come");
      }
      return System.nanoTime();
    }

    @Override
    @Workflow(name = "asked")
    public long asked(String topic) {
      long answer = dbos.<Long>recv(topic, PATIENCE).orElseThrow() + 1;
      dbos.setEvent(AskedRun.ANSWER, answer);
      return answer;
    }
  }
}
