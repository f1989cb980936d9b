package dev.fantasticfour.world.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.attribute.AttributeCondition;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.event.ChildFact;
import dev.fantasticfour.world.api.event.Event;
import dev.fantasticfour.world.api.event.EventType;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.PermitFact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.event.SendFact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.event.StepFact;
import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.Runs;
import dev.fantasticfour.world.core.memory.MemoryStorage;
import dev.fantasticfour.world.core.port.AppendResult;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.RunCustody.Claimed;
import dev.fantasticfour.world.core.port.RunLog;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.FactColumns;
import dev.fantasticfour.world.core.rules.RunFold;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The same random batches, legal and illegal, in memory and in PostgreSQL: the answers, the logs
 * and the views are the same. What only the clock decides is left out of the comparison.
 */
class AgreementWithMemoryIT {

  private static final int ROUNDS = Integer.getInteger("world.test.rounds", 40);

  private static final Instant DAY = Instant.parse("2030-01-01T00:00:00Z");
  private static final Instant FAR = Instant.parse("2090-01-01T00:00:00Z");

  private final List<WorkerId> workers = new ArrayList<>();
  private final List<Batch> sent = new ArrayList<>();
  private Random random = new Random(0);
  private List<RunId> runs = List.of();
  private int relaysQuick;
  private int relaysJudged;
  private KinGame kin = new KinGame(random, this::another, this::creation);

  @Test
  void theSameBatchesHaveTheSameOutcome() {
    try (TestStore store = new TestStore();
        MemoryStorage memory = new MemoryStorage(InstantSource.system())) {
      for (int i = 0; i < 3; i++) {
        WorkerId worker = new WorkerId("wrkr_" + i);
        workers.add(worker);
        store.storage.register(worker, "b" + i, Duration.ofHours(1));
        memory.register(worker, "b" + i, Duration.ofHours(1));
      }
      for (int round = 0; round < ROUNDS; round++) {
        random = new Random(round);
        kin = new KinGame(random, this::another, this::creation);
        runs = new ArrayList<>(List.of(id("run"), id("run"), id("run")));
        sent.clear();
        for (int turn = 0; turn < 60; turn++) {
          turn(round, turn, memory, store.storage);
        }
        relayedAll(round, memory, store.storage);
        for (RunId run : runs) {
          sameViews(round, run, memory, store.storage);
        }
      }
      assertThat(store.storage.runCounts()).isEqualTo(memory.runCounts());
      assertThat(relaysQuick).as("relays that took the quick way").isPositive();
      assertThat(relaysJudged).as("relays that had to be judged").isPositive();
    }
  }

  /** Mostly one that is not there yet, and is played with from then on. */
  private RunId another() {
    if (runs.size() > 8 || random.nextInt(6) == 0) {
      return runs.size() > 8 ? id("run") : one(runs);
    }
    RunId fresh = id("run");
    runs.add(fresh);
    return fresh;
  }

  private static RunId id(String prefix) {
    return new RunId(TestStore.number(prefix + "-a"));
  }

  private void turn(int round, int turn, Storage memory, PostgresStorage postgres) {
    if (random.nextInt(6) == 0) {
      WorkerId worker = one(workers);
      RunId run = one(runs);
      if (random.nextInt(3) == 0) {
        long epoch = memory.run(run).map(RunRecord::epoch).orElse(0L);
        memory.release(worker, run, epoch, Due.NOW);
        postgres.release(worker, run, epoch, Due.NOW);
      }
      List<Claimed> taken = postgres.claim(worker, Work.ofAll("queue"), List.of(run));
      List<Claimed> expected = memory.claim(worker, Work.ofAll("queue"), List.of(run));
      assertThat(taken).hasSameSizeAs(expected);
      for (int i = 0; i < taken.size(); i++) {
        assertThat(neutral(List.of(taken.get(i).run())))
            .isEqualTo(neutral(List.of(expected.get(i).run())));
        assertThat(neutral(taken.get(i).log())).isEqualTo(neutral(expected.get(i).log()));
      }
      return;
    }
    List<Batch> batches = new ArrayList<>();
    int size = random.nextInt(4) == 0 ? 1 + random.nextInt(5) : 1;
    boolean burst = random.nextInt(3) == 0;
    for (int i = 0; i < size; i++) {
      Batch batch =
          !sent.isEmpty() && random.nextInt(12) == 0
              ? one(sent)
              : burst && random.nextBoolean() ? resume() : batch(memory);
      if (batches.stream().noneMatch(b -> b.id().equals(batch.id()))) {
        batches.add(batch);
      }
    }
    sent.addAll(batches);
    RunRecord before = batches.size() == 1 ? found(memory, batches.getFirst()) : null;
    List<AppendResult> expected = memory.append(batches);
    long judged = postgres.appendCounts().judged();
    List<AppendResult> actual = postgres.append(batches);
    if (batches.size() == 1
        && expected.getFirst() instanceof AppendResult.Appended appended
        && isCommon(batches.getFirst(), before, appended)) {
      assertThat(postgres.appendCounts().judged())
          .describedAs(
              "round %s, turn %s, judged: %s after %s",
              round, turn, batches, memory.history(appended.run(), 0, 100))
          .isEqualTo(judged);
    }
    relayed(round, turn, memory, postgres);
    for (int i = 0; i < batches.size(); i++) {
      assertThat(neutral(actual.get(i)))
          .describedAs("round %s, turn %s, batch %s of %s", round, turn, i, batches)
          .isEqualTo(neutral(expected.get(i)));
    }
  }

  /** Now and then what runs owe to each other is moved. */
  private void relayed(int round, int turn, Storage memory, PostgresStorage postgres) {
    if (random.nextInt(4) == 0) {
      Set<RunId> targets = new HashSet<>(Arrays.asList(one(runs), one(runs), one(runs)));
      relayed(round + ", turn " + turn, targets, 1 + random.nextInt(3), memory, postgres);
    }
  }

  /** In the end everything that is owed, and what those that go on send to all others. */
  private void relayedAll(int round, Storage memory, PostgresStorage postgres) {
    for (int limit : List.of(1, 2, 100)) {
      for (RunId run : runs) {
        memory.run(run).flatMap(this::sending).ifPresent(batch -> sent(batch, memory, postgres));
      }
      relayed(round + ", end", Set.copyOf(runs), limit, memory, postgres);
    }
    for (RunId run : runs) {
      assertThat(postgres.owed(run, 10))
          .describedAs("round %s, owed by %s", round, run)
          .isEqualTo(memory.owed(run, 10));
    }
  }

  private Optional<Batch> sending(RunRecord run) {
    return run.owner() == null || run.status() != RunStatus.RUNNING
        ? Optional.empty()
        : Optional.of(
            TestStore.owner(
                run.id(),
                new WorkerId(run.owner()),
                run.epoch(),
                run.lastPosition(),
                TestStore.about(TestStore.number("send"), signalTo(one(runs))),
                TestStore.about(TestStore.number("send"), signalTo(one(runs)))));
  }

  private SendFact.SignalSent signalTo(RunId target) {
    return new SendFact.SignalSent(
        new Site("name", "0.1", random.nextInt(5)), target.value(), "signal", payload());
  }

  private static void sent(Batch batch, Storage memory, Storage postgres) {
    assertThat(neutral(TestStore.append(postgres, batch)))
        .isEqualTo(neutral(TestStore.append(memory, batch)));
  }

  private void relayed(
      String when, Set<RunId> targets, int limit, Storage memory, PostgresStorage postgres) {
    Set<Object> entered = relayed(memory.relay(targets, limit));
    long judged = postgres.appendCounts().judgedRelays();
    assertThat(relayed(postgres.relay(targets, limit)))
        .describedAs("round %s, relays to %s", when, targets)
        .isEqualTo(entered);
    relaysJudged += postgres.appendCounts().judgedRelays() > judged ? 1 : 0;
    relaysQuick += postgres.appendCounts().judgedRelays() == judged && !entered.isEmpty() ? 1 : 0;
  }

  private static Set<Object> relayed(List<RunLog.Relayed> relayed) {
    return relayed.stream()
        .map(
            to -> (Object) List.of(to.run(), "" + to.owner(), to.taskQueue(), neutral(to.events())))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static RunRecord found(Storage memory, Batch batch) {
    return batch.target() instanceof Target.OfRun target
        ? memory.run(target.run()).orElse(null)
        : null;
  }

  /**
   * Whether an accepted batch is one of those that nobody need explain: a creation, what an owner
   * says that is up to date, a resume, a request to cancel, a wait that is over, a termination.
   */
  private static boolean isCommon(Batch batch, RunRecord before, AppendResult.Appended appended) {
    Set<String> about = new HashSet<>();
    boolean hooksChange = false;
    for (Draft draft : batch.drafts()) {
      if (!isCommon(draft.fact())) {
        return false;
      }
      String what =
          draft.fact() instanceof RunFact.StatePublished
                  || draft.fact() instanceof RunFact.AttributesSet
              ? draft.fact().type().word()
              : draft.correlationId();
      if (what != null && !about.add(what) && !mayComeAgain(draft.fact())) {
        return false;
      }
      hooksChange |= draft.fact() instanceof Fact.HookDisposed;
      if (draft.fact().type().isOfStep() && FactColumns.of(draft.fact()).site() == null) {
        // An owner names the place of its steps: without, it speaks of one that has to be there.
        return false;
      }
    }
    List<EventType> left = appended.events().stream().map(event -> event.fact().type()).toList();
    boolean leftAll = left.equals(batch.drafts().stream().map(d -> d.fact().type()).toList());
    boolean creates = left.contains(EventType.HOOK_CREATED);
    if (!leftAll || (hooksChange && creates)) {
      return false;
    }
    return switch (batch.authority()) {
      case Authority.Owner owner ->
          owner.seen() == before.lastPosition()
              && (before.status() == RunStatus.RUNNING || left.getFirst() == EventType.RUN_STARTED);
      case Authority.AttemptHolder holder -> false;
      case Authority.Foreign foreign -> false;
      case Authority.Relay relay -> false;
      case Authority.Anyone anyone ->
          switch (left.getFirst()) {
            case RUN_CREATED -> left.stream().skip(1).allMatch(EventType.RUN_STARTED::equals);
            case HOOK_RECEIVED,
                CANCEL_REQUESTED,
                WAIT_COMPLETED,
                RUN_TERMINATED,
                SIGNAL_RECEIVED,
                ATTRIBUTES_SET,
                UPDATE_REQUESTED ->
                left.size() == 1 && batch.target() instanceof Target.OfRun;
            default -> false;
          };
    };
  }

  private static boolean mayComeAgain(Fact fact) {
    return fact instanceof StepFact || fact instanceof UpdateFact;
  }

  /** What has its stage in the log alone is judged, and whatever does not fit its stage. */
  private static boolean isCommon(Fact fact) {
    return switch (fact) {
      case ChildFact f -> false;
      case SendFact f -> false;
      case PermitFact f -> false;
      case UpdateFact.Failed f -> false;
      default -> true;
    };
  }

  private Batch byKey() {
    String key = "key" + random.nextInt(40);
    Fact.RunCreated plain = creation();
    Fact.RunCreated keyed =
        new Fact.RunCreated(
            plain.workflow(),
            plain.deploymentId(),
            plain.specVersion(),
            plain.taskQueue(),
            plain.input(),
            key,
            "hash" + random.nextInt(2),
            plain.attributes(),
            plain.executionContext());
    return new Batch(
        TestStore.number("btch_a"),
        new Target.OfKey(plain.workflow(), key, new RunId(TestStore.number("run-key"))),
        Authority.ANYONE,
        null,
        List.of(new Draft(null, DAY, keyed), new Draft(null, DAY, signal())));
  }

  private RunFact.SignalReceived signal() {
    return new RunFact.SignalReceived(
        "signal" + random.nextInt(2), random.nextBoolean() ? "id\"1" : null, payload());
  }

  private Batch batch(Storage memory) {
    RunId run = one(runs);
    RunRecord now = memory.run(run).orElse(null);
    String id = TestStore.number("btch_a");
    if (random.nextInt(10) == 0) {
      return random.nextInt(3) == 0 ? byKey() : resume();
    }
    if (now == null && random.nextInt(3) > 0) {
      boolean claimed = random.nextBoolean();
      List<Draft> drafts = new ArrayList<>();
      drafts.add(new Draft(null, DAY, creation()));
      if (random.nextBoolean()) {
        drafts.add(new Draft(null, DAY, new Fact.RunStarted(null)));
        drafts.add(kin.bound(run, now, draft()));
      }
      return new Batch(
          id, new Target.OfRun(run), Authority.ANYONE, claimed ? one(workers) : null, drafts);
    }
    List<Draft> drafts = new ArrayList<>();
    int size = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 1;
    for (int i = 0; i < size; i++) {
      drafts.add(kin.bound(run, now, draft()));
    }
    return new Batch(id, new Target.OfRun(run), authority(now), null, drafts);
  }

  private Batch resume() {
    return new Batch(
        TestStore.number("btch_a"),
        new Target.OfHook(token()),
        Authority.ANYONE,
        null,
        List.of(new Draft(null, DAY, new Fact.HookReceived(payload()))));
  }

  private Authority authority(RunRecord run) {
    int kind = random.nextInt(10);
    if (run != null && run.owner() != null && kind < 6) {
      long back = random.nextInt(4) == 0 ? random.nextInt(4) : 0;
      long epoch = random.nextInt(10) == 0 ? run.epoch() + 1 : run.epoch();
      return new Authority.Owner(
          random.nextInt(15) == 0 ? one(workers) : new WorkerId(run.owner()),
          epoch,
          Math.max(0, run.lastPosition() - back),
          one(List.of(Due.NEVER, Due.NOW, new Due.At(FAR))));
    }
    if (kind == 9 && random.nextBoolean()) {
      return new Authority.Foreign(one(List.of(Due.NEVER, Due.NOW, new Due.At(FAR))));
    }
    return kind < 8
        ? Authority.ANYONE
        : new Authority.AttemptHolder("s" + random.nextInt(3), 1 + random.nextInt(3));
  }

  private Draft draft() {
    String step = "s" + random.nextInt(3);
    String hook = "h" + random.nextInt(3);
    String wait = "w" + random.nextInt(2);
    int attempt = 1 + random.nextInt(3);
    Site site = random.nextInt(3) > 0 ? new Site("name", "0.1", random.nextInt(5)) : null;
    List<Supplier<Draft>> kinds =
        List.of(
            () -> new Draft(step, DAY, new Fact.StepCreated(Site.named("x"), payload())),
            () -> new Draft(step, DAY, new Fact.StepStarted(site, attempt, "me\0")),
            () -> new Draft(step, DAY, new Fact.StepStarted(site, attempt, null)),
            () -> new Draft(step, DAY, new Fact.StepStarted(site, attempt, "me", DAY)),
            () ->
                new Draft(
                    step,
                    DAY,
                    new Fact.StepRetrying(
                        site, attempt, Payload.json("1"), one(List.of(DAY.minusSeconds(1), FAR)))),
            () -> new Draft(step, DAY, new Fact.StepCompleted(site, attempt, DAY, payload())),
            () ->
                new Draft(
                    step, DAY, new Fact.StepFailed(site, attempt, null, Payload.json("2"), "E")),
            () -> new Draft(step, DAY, new Fact.StepCancelled(site)),
            () -> new Draft(hook, DAY, new Fact.HookCreated(site, token(), payload(), true)),
            () -> new Draft(hook, DAY, new Fact.HookCreated(site, token(), null, null)),
            () -> new Draft(hook, DAY, new Fact.HookReceived(payload())),
            () -> new Draft(hook, DAY, new Fact.HookDisposed()),
            () -> new Draft(wait, DAY, new Fact.WaitCreated(site, FAR.plusNanos(123_456_789))),
            () -> new Draft(wait, DAY, new Fact.WaitCompleted()),
            () -> new Draft(wait, DAY, new Fact.WaitCancelled()),
            () -> new Draft(null, DAY, besides()),
            () -> new Draft(null, DAY, besides()),
            () -> new Draft("u" + random.nextInt(3), DAY, update()),
            () -> new Draft("u" + random.nextInt(3), DAY, update()),
            () -> new Draft("o" + random.nextInt(3), DAY, ofOthers()),
            () -> new Draft(null, DAY, new Fact.RunStarted(null)),
            () -> new Draft(null, DAY, new Fact.RunStarted(creation())),
            () -> new Draft(null, DAY, new Fact.CancelRequested("please\0")),
            () ->
                random.nextInt(4) > 0
                    ? new Draft(null, DAY, new Fact.RunStarted(null))
                    : new Draft(null, DAY, end()));
    return one(kinds).get();
  }

  private Fact besides() {
    return one(
        List.of(
            signal(),
            signal(),
            new RunFact.StatePublished("state" + random.nextInt(2), payload()),
            new RunFact.AttributesSet(
                Map.of(
                    "k" + random.nextInt(2),
                    one(
                        List.of(
                            Optional.<AttributeValue>empty(),
                            Optional.of(AttributeValue.of(random.nextInt(3))),
                            Optional.of(AttributeValue.of("text\\")))))),
            new RunFact.ChangeMarked("change" + random.nextInt(2), random.nextBoolean()),
            new RunFact.Deferred(FAR)));
  }

  private Fact update() {
    return one(
        List.of(
            new UpdateFact.Requested("update", payload()),
            new UpdateFact.Requested("update", payload()),
            new UpdateFact.Accepted(),
            new UpdateFact.Accepted(),
            new UpdateFact.Completed(payload()),
            new UpdateFact.Rejected(Payload.json("3"), "E\0"),
            new UpdateFact.Failed(Payload.json("4"), null)));
  }

  private Fact ofOthers() {
    Site site = new Site("name", "0.1", random.nextInt(5));
    return one(
        List.of(
            signalTo(one(runs)),
            new SendFact.SignalSent(site, one(runs).value(), "signal", null),
            kin.ofChild(site),
            kin.ofChild(site),
            kin.ofChild(site),
            new PermitFact.Requested(site, "queue", random.nextBoolean() ? "key" : null, 2),
            new PermitFact.Released(),
            new PermitFact.Revoked("so")));
  }

  private Fact end() {
    return one(
        List.of(
            new Fact.RunCompleted(payload()),
            new Fact.RunFailed(Payload.json("\"boom\""), "CODE"),
            new Fact.RunCancelled("why"),
            new Fact.RunTerminated("so"),
            new RunFact.Continued("next", List.of(1L, 2L)),
            creation()));
  }

  private Fact.RunCreated creation() {
    String key = random.nextInt(3) == 0 ? "key" + random.nextInt(40) : null;
    return new Fact.RunCreated(
            "flow" + random.nextInt(2),
            random.nextInt(5) == 0 ? "e" : "d",
            1,
            "queue",
            payload(),
            key,
            key == null ? null : "hash" + random.nextInt(2),
            Map.of("k\"\\\n", AttributeValue.of("v" + random.nextInt(3))),
            random.nextBoolean() ? payload() : null)
        .until(random.nextInt(3) == 0 ? Instant.EPOCH.plusSeconds(random.nextInt()) : null);
  }

  private String token() {
    return "token" + random.nextInt(6);
  }

  private Payload payload() {
    return one(
        List.of(
            Payload.json("{\"a\": [1, 2.50]}"),
            Payload.json("\"\\u0000\""),
            Payload.json(""),
            Payload.json("{nonsense"),
            Payload.binary(new byte[] {0, 1, -1}),
            Payload.binary(new byte[0])));
  }

  private <T> T one(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static void sameViews(int round, RunId run, Storage memory, Storage postgres) {
    List<Event> log = postgres.history(run, 0, 10_000);
    String in = "round " + round + ", run " + run;
    assertThat(neutral(log)).describedAs(in).isEqualTo(neutral(memory.history(run, 0, 10_000)));
    if (log.isEmpty()) {
      return;
    }
    RunFold fold = RunFold.of(log);
    RunRecord row = postgres.run(run).orElseThrow();
    assertThat(RunFold.factsOf(row)).describedAs(in).isEqualTo(fold.run().orElseThrow());
    RunRecord other = memory.run(run).orElseThrow();
    assertThat(List.of("" + row.owner(), row.epoch(), "" + row.dueAt()))
        .describedAs(in)
        .isEqualTo(List.of("" + other.owner(), other.epoch(), "" + other.dueAt()));
    assertThat(postgres.steps(run, PageRequest.oldestFirst()).items())
        .describedAs(in)
        .isEqualTo(List.copyOf(fold.steps().values()));
    assertThat(postgres.hooks(run, PageRequest.oldestFirst()).items())
        .describedAs(in)
        .isEqualTo(List.copyOf(fold.hooks().live().values()));
    assertThat(postgres.waits(run)).describedAs(in).isEqualTo(List.copyOf(fold.waits().values()));
    assertThat(postgres.states(run))
        .describedAs(in)
        .containsExactlyInAnyOrderElementsOf(fold.shown().states().values());
    assertThat(postgres.changes(run))
        .describedAs(in)
        .isEqualTo(List.copyOf(fold.shown().changes().values()));
    assertThat(postgres.updates(run, PageRequest.oldestFirst()).items())
        .describedAs(in)
        .isEqualTo(List.copyOf(fold.shown().updates().values()));
    for (Event event : log) {
      assertThat(postgres.event(run, event.id())).contains(event);
    }
    assertThat(
            postgres
                .runs(
                    having(Runs.of(row.workflow()).status(row.status()), row.attributes()),
                    PageRequest.newestFirst().withLimit(1000))
                .items()
                .stream()
                .map(RunRecord::id))
        .contains(run);
  }

  private static RunFilter having(RunFilter filter, Map<String, AttributeValue> attributes) {
    RunFilter all = filter;
    for (Map.Entry<String, AttributeValue> one : attributes.entrySet()) {
      all = all.where(new AttributeCondition.Is(one.getKey(), one.getValue()));
    }
    return all;
  }

  private static Object neutral(AppendResult result) {
    return switch (result) {
      case AppendResult.Appended a ->
          List.of(
              "appended",
              a.run(),
              neutral(a.events()),
              "" + a.owner(),
              a.taskQueue(),
              neutral(a.unseen()));
      case AppendResult.Repeated a ->
          List.of(
              "repeated",
              a.run(),
              neutral(a.events()),
              "" + a.owner(),
              a.taskQueue(),
              neutral(a.unseen()));
      case AppendResult.Stale s -> List.of("stale", neutral(s.missing()));
      case AppendResult.TooEarly early -> early.after().toDays();
      default -> result;
    };
  }

  private static List<Object> neutral(List<?> values) {
    List<Object> neutral = new ArrayList<>();
    for (Object value : values) {
      switch (value) {
        case Event e ->
            neutral.add(
                new Event(
                    e.run(),
                    e.position(),
                    "",
                    Instant.EPOCH,
                    e.occurredAt(),
                    e.correlationId(),
                    e.batchId(),
                    e.seen(),
                    e.fact()));
        case RunRecord r ->
            neutral.add(List.of(r.id(), r.epoch(), "" + r.owner(), r.lostAttempts()));
        default -> neutral.add(value);
      }
    }
    return neutral;
  }
}
