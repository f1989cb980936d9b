package dev.fantasticfour.world.core.port.forwarding;

import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Due;
import dev.fantasticfour.world.core.port.RunCustody;
import dev.fantasticfour.world.core.port.Stall;
import dev.fantasticfour.world.core.port.Work;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Views and custody that other objects have. For storages that answer these roles by parts of
 * theirs, and for those that stand before another.
 *
 * <p><b>Concurrency and failure.</b> Those of the roles behind it.
 */
public abstract class ForwardingCustody extends ForwardingViews implements RunCustody {

  /** For whoever has a custody to pass calls on to. */
  protected ForwardingCustody() {}

  /** Whom a call is passed on to; asked anew for each, and may refuse it. */
  protected abstract RunCustody custody();

  @Override
  public Instant register(WorkerId worker, String buildId, Duration lease) {
    return custody().register(worker, buildId, lease);
  }

  @Override
  public Optional<Instant> beat(WorkerId worker, Duration lease) {
    return custody().beat(worker, lease);
  }

  @Override
  public Optional<Pulse> beat(WorkerId worker, Duration lease, boolean judge) {
    return custody().beat(worker, lease, judge);
  }

  @Override
  public void retire(WorkerId worker) {
    custody().retire(worker);
  }

  @Override
  public List<WorkerId> markDead(WorkerId by) {
    return custody().markDead(by);
  }

  @Override
  public Set<WorkerId> living(Set<WorkerId> workers) {
    return custody().living(workers);
  }

  @Override
  public List<DueRun> due(WorkerId worker, Work work, Duration ahead, int limit) {
    return custody().due(worker, work, ahead, limit);
  }

  @Override
  public List<RunId> standing(WorkerId worker, Work work, int limit) {
    return custody().standing(worker, work, limit);
  }

  @Override
  public List<DueRun> unwatched(WorkerId worker, Work work, int limit) {
    return custody().unwatched(worker, work, limit);
  }

  @Override
  public List<Claimed> claim(WorkerId worker, Work work, List<RunId> runs) {
    return custody().claim(worker, work, runs);
  }

  @Override
  public Optional<Tended> hold(RunId run, @Nullable String reason, @Nullable String by) {
    return custody().hold(run, reason, by);
  }

  @Override
  public Optional<Tended> letGo(RunId run) {
    return custody().letGo(run);
  }

  @Override
  public void release(WorkerId worker, RunId run, long epoch, Due due) {
    custody().release(worker, run, epoch, due);
  }

  @Override
  public boolean reschedule(WorkerId worker, RunId run, long epoch, long seen, Due due) {
    return custody().reschedule(worker, run, epoch, seen, due);
  }

  @Override
  public Set<RunId> reschedule(WorkerId worker, List<Reschedule> runs) {
    return custody().reschedule(worker, runs);
  }

  @Override
  public void stall(WorkerId worker, RunId run, long epoch, long seen, Stall stall) {
    custody().stall(worker, run, epoch, seen, stall);
  }

  @Override
  public boolean nudge(RunId run) {
    return custody().nudge(run);
  }
}
