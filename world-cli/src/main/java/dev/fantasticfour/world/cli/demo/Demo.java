package dev.fantasticfour.world.cli.demo;

import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.demo.Audit.Progress;
import dev.fantasticfour.world.cli.demo.Audit.WorkerLoad;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The course of events. This process is a client only: workers execute, and one of them dies. */
final class Demo {

  private static final long TURN_MILLIS = 100;
  private static final int STARTERS = 8;

  /** How long a moment is waited for in which the victim executes a body. */
  private static final Duration PATIENCE_FOR_BODIES = Duration.ofSeconds(8);

  private final DemoPlan plan;
  private final DemoServers servers;
  private final Audit audit;
  private final WorkerProcesses workers;
  private final Screen screen;
  private @Nullable WorkerLoad victim;
  private int owned;
  private Duration killedAt = Duration.ZERO;
  private Duration takeover = Duration.ZERO;

  Demo(DemoPlan plan, DemoServers servers, Audit audit, WorkerProcesses workers, Screen screen) {
    this.plan = plan;
    this.servers = servers;
    this.audit = audit;
    this.workers = workers;
    this.screen = screen;
  }

  DemoResult run() throws SQLException, InterruptedException {
    for (int i = 0; i < plan.workers(); i++) {
      WorkerProcess worker = workers.start();
      screen.event("started " + worker.name() + ", pid " + worker.pid());
    }
    try (World world = Assembly.world(servers.config(), nothing -> {})) {
      awaitWorkers();
      List<DemoOrder> orders =
          IntStream.rangeClosed(1, plan.runs()).mapToObj(DemoOrder::of).toList();
      Approvals approvals =
          new Approvals(
              world.client(),
              orders.stream()
                  .filter(DemoOrder::approvedEarly)
                  .map(DemoOrder::token)
                  .collect(Collectors.toSet()));
      screen.begin("orders", plan.runs());
      Run<DemoReceipt> first = start(world, orders.getFirst());
      Thread showing = beside("demo-stream", new StreamShow(first, 1, screen));
      Thread approving = beside("demo-approvals", approvals);
      startAll(world, orders.subList(1, orders.size()));
      strike();
      approvals.approveEverybody();
      screen.event("approved the other half of the orders");
      finish();
      approving.interrupt();
      // The stream is closed a moment after its run has ended.
      showing.join(Duration.ofSeconds(2));
      showing.interrupt();
      return result();
    } finally {
      screen.close();
    }
  }

  private static Thread beside(String name, Runnable task) {
    return Thread.ofPlatform().daemon().name(name).start(task);
  }

  private static Run<DemoReceipt> start(World world, DemoOrder order) {
    return world
        .client()
        .start(
            DemoWorkflow.TYPE,
            order,
            o -> o.runKey("order-" + order.number()).attribute("region", order.region()));
  }

  /** Several at a time, as requests come in. */
  private void startAll(World world, List<DemoOrder> orders) {
    try (ExecutorService threads = Executors.newFixedThreadPool(STARTERS)) {
      for (Future<?> started :
          orders.stream().map(order -> threads.submit(() -> start(world, order))).toList()) {
        started.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    screen.event(
        "started %d runs: parallel steps, an approval from outside, a step that fails at first,"
                .formatted(plan.runs())
            + " a sleep, a stream");
  }

  private void awaitWorkers() throws SQLException, InterruptedException {
    while (audit.livingWorkers() < plan.workers()) {
      pause("the workers to register");
    }
    screen.event(plan.workers() + " workers have registered");
  }

  /** Waits until the runs are spread and busy, then kills the worker that owns most of them. */
  private void strike() throws SQLException, InterruptedException {
    while (true) {
      Progress now = show();
      if (now.owned() == plan.runs() && now.reachedApproval() == plan.runs()) {
        break;
      }
      pause("all runs to wait for their approval");
    }
    screen.event("every order has asked for its approval; half of them got it");
    Duration noLater = screen.elapsed().plus(PATIENCE_FOR_BODIES);
    WorkerLoad heaviest = null;
    while (heaviest == null
        || (heaviest.bodiesInFlight() == 0 && screen.elapsed().compareTo(noLater) < 0)) {
      show();
      pause("a worker to be busy");
      Optional<WorkerLoad> now = audit.heaviestWorker();
      heaviest = now.orElse(null);
    }
    WorkerProcess dying = workers.named(heaviest.worker());
    owned = audit.noteOrphans(heaviest.id());
    dying.kill();
    killedAt = screen.elapsed();
    victim = heaviest;
    screen.event(
        "killed %s (pid %d, SIGKILL), which owned %d unfinished runs, with %d step bodies in flight"
            .formatted(dying.name(), dying.pid(), owned, audit.bodiesCutOff(heaviest.worker())));
    if (plan.workers() == 1) {
      screen.event("started " + workers.start().name() + " in its place");
    }
  }

  private void finish() throws SQLException, InterruptedException {
    boolean announced = false;
    while (show().ended() < plan.runs()) {
      if (!announced && audit.orphansLeft() == 0) {
        announced = true;
        takeover = screen.elapsed().minus(killedAt);
        screen.event(
            "the others have taken over %d of the %d runs, the last %.1f s after the kill"
                .formatted(audit.takenOver(), owned, takeover.toMillis() / 1000.0));
      }
      pause("all runs to end");
    }
  }

  private Progress show() throws SQLException {
    Progress now = audit.progress();
    screen.at(
        now.ended(), victim == null ? "" : audit.takenOver() + " of " + owned + " taken over");
    return now;
  }

  private void pause(String until) throws InterruptedException {
    workers.requireAlive(victim == null ? 0 : 1);
    if (screen.elapsed().compareTo(plan.patience()) > 0) {
      throw new WorldException(
          ErrorCode.TIMED_OUT,
          "waited too long for "
              + until
              + " (over "
              + plan.patience().toSeconds()
              + " s, see --patience)");
    }
    Thread.sleep(TURN_MILLIS);
  }

  private DemoResult result() throws SQLException {
    Progress end = audit.progress();
    if (takeover.isZero()) {
      takeover = screen.elapsed().minus(killedAt);
    }
    return new DemoResult(
        end.runs(),
        end.completed(),
        end.failed(),
        plan.workers(),
        victim == null ? 0 : 1,
        owned,
        audit.takenOver(),
        victim == null ? 0 : audit.bodiesCutOff(victim.worker()),
        takeover.toMillis() / 1000.0,
        audit.bodiesExecuted(),
        audit.resultsRecorded(),
        audit.duplicates(),
        servers.postgresVersion(),
        servers.redisVersion(),
        servers.config().schema(),
        screen.elapsed().toMillis() / 1000.0);
  }
}
