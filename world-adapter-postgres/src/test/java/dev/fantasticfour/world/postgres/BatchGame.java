package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.attribute.AttributeValue;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.PermitFact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.event.SendFact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.event.UpdateFact;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Random batches, legal and illegal, of a few runs: what is said of each depends on how it stands
 * in a store.
 */
final class BatchGame {

  private static final Instant DAY = Instant.parse("2030-01-01T00:00:00Z");
  private static final Instant FAR = Instant.parse("2090-01-01T00:00:00Z");

  private final Random random;
  private final Storage memory;
  private final List<WorkerId> workers;
  private final List<RunId> runs = new ArrayList<>(List.of(id(), id(), id()));
  private final KinGame kin;

  /**
   * @param memory the store that is looked at
   */
  BatchGame(long seed, Storage memory, List<WorkerId> workers) {
    this.random = new Random(seed);
    this.memory = memory;
    this.workers = workers;
    this.kin = new KinGame(random, this::another, this::creation);
  }

  /** Those that it is about; more while it goes on. */
  List<RunId> runs() {
    return runs;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Mostly one that is not there yet, and is played with from then on. */
  private RunId another() {
    if (runs.size() > 8 || random.nextInt(6) == 0) {
      return runs.size() > 8 ? id() : one(runs);
    }
    RunId fresh = id();
    runs.add(fresh);
    return fresh;
  }

  private static RunId id() {
    return new RunId(TestStore.number("run-a"));
  }

  /** What a run that goes on sends to others. */
  Optional<Batch> sending(RunRecord run) {
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

  Batch batch() {
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

  Batch resume() {
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

  <T> T one(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
