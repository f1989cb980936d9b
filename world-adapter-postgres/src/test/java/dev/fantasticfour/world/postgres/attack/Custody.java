package dev.fantasticfour.world.postgres.attack;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.RunCustody.Claimed;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The runs that one side took, and under which incarnation. It never gives up a claim by itself:
 * only the store tells it that the claim is over.
 */
final class Custody {

  /** Who took a run, and with which epoch. */
  record Claim(WorkerId worker, long epoch) {}

  private static final Duration LEASE = Duration.ofSeconds(30);

  private final String side;
  private final Caller caller;
  private final Caller ahead;
  private final AtomicInteger incarnations = new AtomicInteger();
  private final Map<RunId, Claim> claims = new ConcurrentHashMap<>();
  private WorkerId worker;

  /**
   * @param ahead the same store with a clock by which every lease has run out
   */
  Custody(String side, Storage storage, Storage ahead) {
    this.side = side;
    this.caller = new Caller(storage);
    this.ahead = new Caller(ahead);
    this.worker = born();
  }

  private WorkerId born() {
    while (true) {
      WorkerId fresh = new WorkerId("wrkr_" + side + incarnations.incrementAndGet());
      try {
        caller.ask(s -> s.register(fresh, "build-" + side, LEASE));
        return fresh;
      } catch (WorldException e) {
        if (e.code() != ErrorCode.INVALID_ARGUMENT) {
          throw e;
        }
        // Declared dead between its birth and the answer to it.
      }
    }
  }

  /** The incarnation that lives, a fresh one if the last was declared dead. */
  synchronized WorkerId living() {
    WorkerId last = worker;
    if (caller.ask(s -> s.beat(last, LEASE)).isEmpty()) {
      worker = born();
    }
    return worker;
  }

  synchronized void retire() {
    WorkerId last = worker;
    caller.ask(
        s -> {
          s.retire(last);
          return true;
        });
    worker = born();
  }

  /** Declares every other worker dead, as if none had been heard of for long. */
  void buryOthers() {
    WorkerId me = living();
    ahead.ask(s -> s.markDead(me));
  }

  void take(List<RunId> runs) {
    WorkerId me = living();
    for (Claimed taken : caller.ask(s -> s.claim(me, Work.ofAll("queue"), runs))) {
      tookOver(taken.run().id(), new Claim(me, taken.run().epoch()));
    }
  }

  void tookOver(RunId run, Claim claim) {
    claims.merge(run, claim, (one, other) -> one.epoch() > other.epoch() ? one : other);
  }

  /** The last claim this side knows of; it may be over long since. */
  Optional<Claim> claimOf(RunId run) {
    return Optional.ofNullable(claims.get(run));
  }
}
