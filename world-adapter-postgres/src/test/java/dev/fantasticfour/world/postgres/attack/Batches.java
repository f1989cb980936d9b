package dev.fantasticfour.world.postgres.attack;

import dev.fantasticfour.world.api.Payload;
import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.Site;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Draft;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Target;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes the batches of one side. The id of an owner's batch ends in its epoch, which the log does
 * not tell.
 */
final class Batches {

  /** Each run has this hook from its birth on. */
  static final String DESK = "desk";

  private static final String EPOCH = "-epoch";

  private final String side;
  private final AtomicLong numbers = new AtomicLong();

  Batches(String side) {
    this.side = side;
  }

  /** The epoch in which the owner appended it, 0 if nobody's owner did. */
  static long epochOf(String batchId) {
    int at = batchId.indexOf(EPOCH);
    return at < 0 ? 0 : Long.parseLong(batchId.substring(at + EPOCH.length()));
  }

  String name(String what) {
    return what + "-" + side + numbers.incrementAndGet();
  }

  private static Draft draft(String about, Fact fact) {
    return new Draft(about, Instant.now(), fact);
  }

  Batch creation(RunId run, WorkerId owner, String token) {
    Payload input = Payload.json("{\"n\":1}");
    return new Batch(
        name("btch_") + EPOCH + 1,
        new Target.OfRun(run),
        Authority.ANYONE,
        owner,
        List.of(
            draft(
                null,
                new Fact.RunCreated(
                    "attacked", "d", 1, "queue", input, null, null, Map.of(), null)),
            draft(null, new Fact.RunStarted(null)),
            draft(DESK, new Fact.HookCreated(null, token, null, null)),
            draft("bell", new Fact.HookCreated(null, run + "-bell", null, null))));
  }

  /** Any side may make this batch; it is the same one. */
  static Batch twin(int round, String token) {
    return new Batch(
        "btch_twin" + round,
        new Target.OfHook(token),
        Authority.ANYONE,
        null,
        List.of(
            new Draft(
                null,
                Instant.EPOCH,
                new Fact.HookReceived(Payload.json("\"twin " + round + "\"")))));
  }

  Batch toToken(String token) {
    return new Batch(
        name("btch_"), new Target.OfHook(token), Authority.ANYONE, null, List.of(received(null)));
  }

  Batch toHook(RunId run, String hook) {
    return anyone(run, received(hook));
  }

  private Draft received(String hook) {
    return draft(hook, new Fact.HookReceived(Payload.json("\"" + name("call") + "\"")));
  }

  Batch cancel(RunId run) {
    return anyone(run, draft(null, new Fact.CancelRequested("please")));
  }

  Batch terminate(RunId run) {
    return anyone(run, draft(null, new Fact.RunTerminated("enough")));
  }

  private Batch anyone(RunId run, Draft draft) {
    return new Batch(name("btch_"), new Target.OfRun(run), Authority.ANYONE, null, List.of(draft));
  }

  Batch disposal(RunId run, String hook, Custody.Claim claim, long seen) {
    return owner(run, claim, seen, draft(hook, new Fact.HookDisposed()));
  }

  Batch newHook(RunId run, Custody.Claim claim, long seen) {
    String hook = name("hook");
    return owner(run, claim, seen, draft(hook, new Fact.HookCreated(null, hook, null, null)));
  }

  Batch work(RunId run, Custody.Claim claim, long seen) {
    String step = name("step");
    Site site = Site.named("work");
    return owner(
        run,
        claim,
        seen,
        draft(step, new Fact.StepCreated(site, Payload.json("1"))),
        draft(step, new Fact.StepStarted(site, 1, null)),
        draft(step, new Fact.StepCompleted(site, 1, null, Payload.json("2"))));
  }

  Batch end(RunId run, boolean well, Custody.Claim claim, long seen) {
    Fact end =
        well
            ? new Fact.RunCompleted(Payload.json("\"done\""))
            : new Fact.RunFailed(Payload.json("\"boom\""), "CODE");
    return owner(run, claim, seen, draft(null, end));
  }

  private Batch owner(RunId run, Custody.Claim claim, long seen, Draft... drafts) {
    return new Batch(
        name("btch_") + EPOCH + claim.epoch(),
        new Target.OfRun(run),
        new Authority.Owner(claim.worker(), claim.epoch(), seen, Due.NEVER),
        null,
        List.of(drafts));
  }
}
