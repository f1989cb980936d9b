package dev.fantasticfour.world.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.RunCustody;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.LogGrammar;
import dev.fantasticfour.world.core.rules.RunFold;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A store with short words for what tests do to it, and the oracle for what it must look like. */
final class Scene {

  static final Payload PAYLOAD = Payload.json("[1]");
  static final Site SITE = new Site("charge", "0.1", 2);
  static final Duration LEASE = Duration.ofSeconds(10);
  static final WorkerId ANN = new WorkerId("wrkr_ann");
  static final WorkerId BOB = new WorkerId("wrkr_bob");

  final SettableClock clock = new SettableClock();
  final MemoryStore store = new MemoryStore(clock);
  final Storage storage = new MemoryStorage(store);
  private final AtomicInteger batches = new AtomicInteger();

  static RunId run(String name) {
    return new RunId(name);
  }

  static Fact.RunCreated creation() {
    return creation("order", null, null);
  }

  static Fact.RunCreated creation(String workflow, String runKey, String hash) {
    return new Fact.RunCreated(
        workflow,
        "build",
        6,
        "app",
        PAYLOAD,
        runKey,
        hash,
        Map.of("customer", AttributeValue.of("7")),
        null);
  }

  static Fact started() {
    return new Fact.RunStarted(null);
  }

  static Fact completed() {
    return new Fact.RunCompleted(PAYLOAD);
  }

  static Fact hook(String token) {
    return new Fact.HookCreated(SITE, token, PAYLOAD, true);
  }

  static Fact received() {
    return new Fact.HookReceived(PAYLOAD);
  }

  static Fact result(int attempt) {
    return new Fact.StepCompleted(SITE, attempt, null, PAYLOAD);
  }

  Fact waiting() {
    return new Fact.WaitCreated(SITE, clock.instant());
  }

  Draft about(String id, Fact fact) {
    return new Draft(id, clock.instant(), fact);
  }

  Draft[] drafts(Fact... facts) {
    return Arrays.stream(facts).map(fact -> about(null, fact)).toArray(Draft[]::new);
  }

  Batch batch(RunId run, Authority by, Draft... drafts) {
    return new Batch(newId(), new Target.OfRun(run), by, null, List.of(drafts));
  }

  Batch born(RunId run, WorkerId owner, Draft... drafts) {
    return new Batch(newId(), new Target.OfRun(run), Authority.ANYONE, owner, List.of(drafts));
  }

  Batch resume(String batchId, String token) {
    return new Batch(
        batchId,
        new Target.OfHook(token),
        Authority.ANYONE,
        null,
        List.of(about(null, received())));
  }

  private String newId() {
    return Batch.PREFIX + batches.incrementAndGet();
  }

  AppendResult append(Batch batch) {
    return storage.append(List.of(batch)).getFirst();
  }

  AppendResult anyone(RunId run, Draft... drafts) {
    return append(batch(run, Authority.ANYONE, drafts));
  }

  AppendResult anyone(RunId run, Fact... facts) {
    return anyone(run, drafts(facts));
  }

  AppendResult owner(WorkerId worker, RunId run, long epoch, long seen, Draft... drafts) {
    return append(batch(run, new Authority.Owner(worker, epoch, seen, Due.NEVER), drafts));
  }

  AppendResult holder(RunId run, String step, int attempt, Fact fact) {
    return append(batch(run, new Authority.AttemptHolder(step, attempt), about(step, fact)));
  }

  /** A run that runs and was never claimed; its log has two events. */
  RunId unclaimed(String name) {
    accepted(anyone(run(name), creation(), started()));
    return run(name);
  }

  /** A run that Ann owns in epoch 1; its log has two events. */
  RunId owned(String name) {
    storage.register(ANN, "build-1", LEASE);
    RunId run = unclaimed(name);
    assertThat(storage.claim(ANN, Work.ofAll("app"), List.of(run))).hasSize(1);
    return run;
  }

  static List<Event> accepted(AppendResult result) {
    assertThat(result).isInstanceOf(AppendResult.Appended.class);
    return ((AppendResult.Appended) result).events();
  }

  RunRecord get(RunId run) {
    return storage.run(run).orElseThrow();
  }

  Instant dueAt(RunId run) {
    return get(run).dueAt();
  }

  List<EventType> types(RunId run) {
    return log(run).stream().map(Event::type).toList();
  }

  List<Event> log(RunId run) {
    return storage.history(run, 0, 10_000);
  }

  List<RunId> due(WorkerId worker) {
    return storage.due(worker, new Work("app", Set.of("order")), Duration.ZERO, 100).stream()
        .map(RunCustody.DueRun::run)
        .toList();
  }

  /** Every log is legal, and every view is its fold. */
  void audit() {
    PageRequest all = PageRequest.oldestFirst().withLimit(1000);
    for (RunRecord listed : storage.runs(RunFilter.ALL, all).items()) {
      List<Event> log = log(listed.id());
      assertThat(LogGrammar.faults(log)).as("log of " + listed.id()).isEmpty();
      RunFold fold = RunFold.of(log);
      assertThat(RunFold.factsOf(get(listed.id()))).isEqualTo(fold.run().orElseThrow());
      assertThat(storage.steps(listed.id(), all).items())
          .containsExactlyElementsOf(fold.steps().values());
      assertThat(storage.hooks(listed.id(), all).items())
          .containsExactlyElementsOf(fold.hooks().live().values());
      assertThat(storage.waits(listed.id())).containsExactlyElementsOf(fold.waits().values());
      fold.hooks()
          .live()
          .values()
          .forEach(hook -> assertThat(storage.hookByToken(hook.token())).contains(hook));
    }
  }
}
