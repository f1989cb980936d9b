package dev.fantasticfour.world.core.rules;

import dev.fantasticfour.world.api.event.Fact;
import dev.fantasticfour.world.api.event.RunFact;
import dev.fantasticfour.world.api.run.Hold;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.StallCause;
import dev.fantasticfour.world.core.port.Authority;
import dev.fantasticfour.world.core.port.Batch;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.Stall;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who looks after a run, and when: what a store keeps beside the facts, and never folds (law L1).
 * Each method answers what the columns are after something was said under the store's lock; whether
 * it may be said is asked before.
 *
 * @param owner the worker that owns the run, or null
 * @param epoch how often it was claimed; 0 = never
 * @param dueAt when somebody has to look at it: {@link #NOW}, a time, or null = when something is
 *     appended
 * @param lostAttempts owners that died since the log last grew, as counted at the last claim
 * @param claimedPosition where the log ended when the run was claimed last
 * @param standing why it cannot go on; null when it can
 * @param pin which builds may have it
 * @param hold who keeps it from going on; null when nobody does
 */
public record Custody(
    @Nullable WorkerId owner,
    long epoch,
    @Nullable Instant dueAt,
    int lostAttempts,
    long claimedPosition,
    @Nullable Standing standing,
    Pin pin,
    @Nullable Hold hold) {

  /** The value of {@link #dueAt} that means now: before every time. */
  public static final Instant NOW = Instant.MIN;

  /** That of a run that has just been created. */
  public static final Custody NEW = new Custody(null, 0, NOW, 0, 0, null, Pin.AUTO, null);

  /** What is beside a run that nobody asks after: what a fold shows, which knows facts only. */
  static final Custody NEUTRAL = new Custody(null, 0, null, 0, 0, null, Pin.AUTO, null);

  /** That of a run that is just created from this. */
  static Custody of(Fact.RunCreated creation) {
    return creation.pin() == null ? NEW : NEW.pinned(creation.pin());
  }

  /** Whether that worker owns the run in that epoch; otherwise whatever it says is too late. */
  public boolean isHeldBy(WorkerId worker, long inEpoch) {
    return worker.equals(owner) && epoch == inEpoch;
  }

  /** What the rules need to know of a run that there is. */
  public RunState state(RunStatus status) {
    return new RunState.Present(status, epoch, owner, hold != null);
  }

  /** Lost attempts as they count for a log that ends there: none when it has grown. */
  public int lostAttempts(long lastPosition) {
    return lastPosition > claimedPosition ? 0 : lostAttempts;
  }

  /** How long until the run is due: now has no distance, though it is before every time. */
  public Duration dueIn(Instant now) {
    return dueAt == null || dueAt.equals(NOW) ? Duration.ZERO : Duration.between(now, dueAt);
  }

  /** Somebody has to look at the run then. */
  public Custody due(Due due) {
    return with(
        owner,
        switch (due) {
          case Due.Never never -> null;
          case Due.Now now -> NOW;
          case Due.At at -> AsStored.cut(at.time());
        });
  }

  /** Nobody owns the run any more, which is due when it was. */
  public Custody unowned() {
    return with(null, dueAt);
  }

  /**
   * A worker takes ownership in a new epoch; taking over from another one loses an attempt.
   *
   * @param build the worker's: a run that is pinned to whoever takes it first is pinned to it
   */
  public Custody claimed(WorkerId worker, String build, long lastPosition) {
    return claimed(worker, lastPosition).pinned(pin instanceof Pin.First ? Pin.to(build) : pin);
  }

  private Custody claimed(WorkerId worker, long lastPosition) {
    boolean fromTheDead = owner != null && !owner.equals(worker);
    int lost = lastPosition > claimedPosition ? 0 : lostAttempts + (fromTheDead ? 1 : 0);
    return new Custody(worker, epoch + 1, dueAt, lost, lastPosition, standing, pin, hold);
  }

  /** It is pinned otherwise. Whoever owns it does so still. */
  private Custody pinned(Pin to) {
    return new Custody(owner, epoch, dueAt, lostAttempts, claimedPosition, standing, to, hold);
  }

  /**
   * An operator pins an open run otherwise. What stands is tried at once.
   *
   * @param ownersBuild that of the worker that owns it, or null: an owner of another build than the
   *     new one loses it
   */
  public Custody repinned(Pin to, @Nullable String ownersBuild) {
    boolean leaves = to instanceof Pin.To other && !other.build().equals(ownersBuild);
    Custody left = leaves ? with(null, dueAt) : this;
    return (standing == null ? left : left.with(left.owner, NOW)).pinned(to);
  }

  /**
   * Whether a worker may have the run as far as builds go, and nobody keeps it from going on. One
   * that has ended needs no code any more: whoever comes first settles it.
   *
   * @param build the worker's
   * @param draining whether that build takes only what is pinned to it, and what its workers own
   */
  public boolean isFor(WorkerId worker, String build, boolean draining, RunStatus status) {
    return status.isFinal()
        || hold == null
            && switch (pin) {
              case Pin.To to -> to.build().equals(build);
              case Pin.First first -> !draining;
              case Pin.Auto auto -> !draining || worker.equals(owner);
            };
  }

  /**
   * The run cannot go on.
   *
   * @param now the store's clock
   * @param build the build of the worker that says so; where the code is the cause, it is not shown
   *     the run again, and others are after the pause
   * @param isDue whether an event by others lies beyond what the run was told of, or the run owes
   *     something: then it is due now, for every build
   */
  public Custody stalled(Instant now, Stall stall, @Nullable String build, boolean isDue) {
    return new Custody(
        null,
        epoch,
        isDue ? NOW : AsStored.cut(now.plus(stall.retryAfter())),
        lostAttempts,
        claimedPosition,
        Standing.after(standing, stall, now, build, isDue),
        pin,
        hold);
  }

  /** Whether it may be shown to workers of that build. */
  public boolean isShownTo(String build) {
    return standing == null || !build.equals(standing.build());
  }

  /** Whether a worker registered then is to try it once: it stands, and brings no worker down. */
  public boolean isToBeTriedBy(Instant registered) {
    return standing != null
        && standing.cause() != StallCause.WORKERS_LOST
        && standing.last().isBefore(registered);
  }

  /** A stalled run is tried again at once, by every build, with no lost attempts counted. */
  public Custody retried() {
    return new Custody(owner, epoch, NOW, 0, claimedPosition, shownToEveryBuild(), pin, hold);
  }

  /** Somebody keeps the open run from going on; whoever does so first is remembered. */
  public Custody held(Hold by) {
    return hold == null ? with(by) : this;
  }

  /** Nobody keeps the run from going on any more: it is due at once. */
  public Custody letGo() {
    return hold == null ? this : with((Hold) null).due(Due.NOW);
  }

  /** Its run has ended: whoever comes first settles it, and nobody keeps anybody from that. */
  public Custody ended() {
    return hold == null ? this : with((Hold) null);
  }

  private Custody with(@Nullable Hold next) {
    return new Custody(owner, epoch, dueAt, lostAttempts, claimedPosition, standing, pin, next);
  }

  /**
   * After an accepted batch.
   *
   * @param appended whether it left anything in the log
   * @param unseen whether its owner has not been told of an event by others
   * @param lastPosition where the log ends now
   */
  public Custody after(Batch batch, boolean appended, boolean unseen, long lastPosition) {
    Custody after =
        switch (batch.authority()) {
          case Authority.Owner said -> goingOn().due(unseen ? Due.NOW : said.due());
          case Authority.Anyone anyone -> appended ? putOff(batch) : this;
          case Authority.Foreign said -> goingOn().due(said.due());
          case Authority.Relay relay -> appended ? woken() : this;
          case Authority.AttemptHolder holder -> appended ? woken() : this;
        };
    return batch.claim() == null ? after : after.claimed(batch.claim(), lastPosition);
  }

  /**
   * What is left of it when its run has ended and is never due: the run is settled, nobody looks
   * after it any more, and how often it was claimed is all that is still known.
   */
  public Custody settled(RunStatus status) {
    return status.isFinal() && dueAt == null
        ? new Custody(null, epoch, null, 0, 0, null, Pin.AUTO, null)
        : this;
  }

  /** Whatever held the run up is over. */
  private Custody goingOn() {
    return new Custody(owner, epoch, dueAt, lostAttempts, claimedPosition, null, pin, hold);
  }

  private Custody woken() {
    return new Custody(
        owner, epoch, NOW, lostAttempts, claimedPosition, shownToEveryBuild(), pin, hold);
  }

  /** What others say makes a run due at once, unless it is that it is not due yet. */
  private Custody putOff(Batch batch) {
    return batch.drafts().getLast().fact() instanceof RunFact.Deferred deferred
        ? woken().due(new Due.At(deferred.notBefore()))
        : woken();
  }

  private Custody with(@Nullable WorkerId nextOwner, @Nullable Instant nextDueAt) {
    return new Custody(
        nextOwner, epoch, nextDueAt, lostAttempts, claimedPosition, standing, pin, hold);
  }

  private @Nullable Standing shownToEveryBuild() {
    return standing == null ? null : standing.forEveryBuild();
  }

  /**
   * The facts of a run, with this beside them.
   *
   * @param payloads whether input and output are shown
   */
  public RunRecord beside(RunRecord facts, boolean payloads) {
    return new RunRecord(
        facts.id(),
        facts.status(),
        facts.workflow(),
        facts.deploymentId(),
        facts.specVersion(),
        facts.taskQueue(),
        payloads ? facts.input() : null,
        payloads ? facts.output() : null,
        facts.error(),
        facts.errorCode(),
        facts.reason(),
        facts.runKey(),
        facts.inputHash(),
        facts.attributes(),
        facts.executionContext(),
        facts.createdAt(),
        facts.updatedAt(),
        facts.startedAt(),
        facts.completedAt(),
        facts.lastPosition(),
        owner == null ? null : owner.value(),
        epoch,
        dueAt,
        lostAttempts,
        standing == null ? null : standing.since(),
        standing == null ? null : standing.cause(),
        standing == null ? null : standing.reason(),
        facts.unreadSignals(),
        pin,
        facts.parent(),
        facts.predecessor(),
        facts.deadline(),
        facts.continuedTo(),
        facts.origin(),
        hold);
  }
}
