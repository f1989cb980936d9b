package dev.fantasticfour.world.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.RunCustody.Claimed;
import dev.fantasticfour.world.core.port.RunCustody.DueRun;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.tck.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a test of the storage kit works with: two instances over one store, names nobody used
 * before, and short ways to write and to read. It remembers the runs it named, for the oracle.
 */
public final class StorageScene {

  /** Long enough that no worker of a test dies while it runs. */
  static final Duration LEASE = Duration.ofMinutes(10);

  private static final int MOST = 10_000;

  private final Stage<Storage> stage;
  private final Set<RunId> runs = ConcurrentHashMap.newKeySet();

  /** A scene on that stage. */
  public StorageScene(Stage<Storage> stage) {
    this.stage = stage;
  }

  Stage<Storage> stage() {
    return stage;
  }

  Storage storage() {
    return stage.main();
  }

  Storage peer() {
    return stage.peer();
  }

  /** The runs that were named in this scene. */
  Set<RunId> runs() {
    return Set.copyOf(runs);
  }

  // Names
  // ----------------------------------------------------------------------------------------------------------

  RunId runId() {
    return runId(stage.now());
  }

  RunId runId(Instant time) {
    return named(new RunId(RunId.PREFIX + Fresh.ulid(time)));
  }

  RunId named(RunId run) {
    runs.add(run);
    return run;
  }

  String workflow() {
    return Fresh.name("wf-");
  }

  String token() {
    return Fresh.name("token-");
  }

  /** A worker that is alive until the test is over. */
  WorkerId worker() {
    return worker("build-1");
  }

  WorkerId worker(String build) {
    WorkerId worker = new WorkerId(Fresh.name(WorkerId.PREFIX));
    storage().register(worker, build, LEASE);
    return worker;
  }

  /** What the store's clock says. */
  Instant storeNow() {
    return storage().register(new WorkerId(Fresh.name(WorkerId.PREFIX)), "clock", LEASE);
  }

  // Writing
  // --------------------------------------------------------------------------------------------------------

  static Batch batch(RunId run, Authority by, Draft... drafts) {
    return batch(new Target.OfRun(run), by, null, drafts);
  }

  static Batch batch(Target target, Authority by, @Nullable WorkerId claim, Draft... drafts) {
    return new Batch(Fresh.name(Batch.PREFIX), target, by, claim, List.of(drafts));
  }

  static AppendResult append(Storage at, Batch batch) {
    return at.append(List.of(batch)).getFirst();
  }

  AppendResult append(RunId run, Draft... drafts) {
    return append(run, Authority.ANYONE, drafts);
  }

  AppendResult append(RunId run, Authority by, Draft... drafts) {
    return append(storage(), batch(run, by, drafts));
  }

  AppendResult resume(String token, Draft... drafts) {
    return append(storage(), batch(new Target.OfHook(token), Authority.ANYONE, null, drafts));
  }

  /** Appends what must be accepted, and returns the events. */
  List<Event> accept(RunId run, Draft... drafts) {
    return accepted(append(run, drafts)).events();
  }

  List<Event> accept(RunId run, Authority by, Draft... drafts) {
    return accepted(append(run, by, drafts)).events();
  }

  static AppendResult.Appended accepted(AppendResult result) {
    assertThat(result).isInstanceOf(AppendResult.Appended.class);
    return (AppendResult.Appended) result;
  }

  /** Appends something that must be refused and leave no trace (law L1). */
  AppendResult refuse(RunId run, Draft... drafts) {
    return refuse(run, Authority.ANYONE, drafts);
  }

  AppendResult refuse(RunId run, Authority by, Draft... drafts) {
    List<Event> before = log(run);
    AppendResult result = append(run, by, drafts);
    assertThat(result)
        .as("of %s", drafts[drafts.length - 1].fact().type().word())
        .isNotInstanceOfAny(AppendResult.Appended.class, AppendResult.Repeated.class);
    assertThat(log(run)).as("the log after a refusal").isEqualTo(before);
    return result;
  }

  RunId pending() {
    return pending(workflow());
  }

  RunId pending(String workflow) {
    RunId run = runId();
    accept(run, Drafts.created(workflow));
    return run;
  }

  RunId running() {
    return running(workflow());
  }

  RunId running(String workflow) {
    RunId run = pending(workflow);
    accept(run, Drafts.started());
    return run;
  }

  /** A running run with more in its log. */
  RunId running(Draft... more) {
    RunId run = running();
    for (Draft draft : more) {
      accept(run, draft);
    }
    return run;
  }

  /** Three runs that ended in the three ways. */
  List<RunId> ended(Draft... before) {
    return Stream.of(Drafts.completed(), Drafts.failed(), Drafts.cancelled())
        .map(
            end -> {
              RunId run = running(before);
              accept(run, end);
              return run;
            })
        .toList();
  }

  /** A running run in the hands of a worker. */
  Owned owned(Draft... more) {
    return owned(workflow(), more);
  }

  Owned owned(String workflow, Draft... more) {
    RunId run = running(workflow);
    for (Draft draft : more) {
      accept(run, draft);
    }
    return claimed(run, worker());
  }

  Owned claimed(RunId run, WorkerId worker) {
    List<Claimed> taken = storage().claim(worker, Work.ofAll(view(run).taskQueue()), List.of(run));
    assertThat(taken).as("what %s could claim", worker).hasSize(1);
    return new Owned(this, run, worker, taken.getFirst().run().epoch());
  }

  // Reading
  // --------------------------------------------------------------------------------------------------------

  RunRecord view(RunId run) {
    return storage().run(run).orElseThrow(() -> new AssertionError("there is no run " + run));
  }

  /** Whether the workers of its task queue find that the run has to be looked at. */
  boolean isDue(RunId run) {
    return storage().due(worker(), Work.ofAll(view(run).taskQueue()), Duration.ZERO, 1_000).stream()
        .map(DueRun::run)
        .anyMatch(run::equals);
  }

  List<Event> log(RunId run) {
    return log(storage(), run);
  }

  static List<Event> log(Storage at, RunId run) {
    List<Event> log = new ArrayList<>(at.history(run, 0, MOST));
    int read = log.size();
    while (read == MOST) {
      List<Event> more = at.history(run, log.size(), MOST);
      log.addAll(more);
      read = more.size();
    }
    return log;
  }
}
