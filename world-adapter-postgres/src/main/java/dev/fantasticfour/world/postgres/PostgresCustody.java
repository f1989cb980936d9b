package dev.fantasticfour.world.postgres;

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

/** Both halves of the custody: who lives, and who looks after which run. */
record PostgresCustody(Workers workers, Custodies custodies) implements RunCustody {

  @Override
  public Instant register(WorkerId worker, String buildId, Duration lease) {
    return workers.register(worker, buildId, lease);
  }

  @Override
  public Optional<Instant> beat(WorkerId worker, Duration lease) {
    return workers.beat(worker, lease);
  }

  @Override
  public Optional<Pulse> beat(WorkerId worker, Duration lease, boolean judge) {
    return workers.beat(worker, lease, judge);
  }

  @Override
  public void retire(WorkerId worker) {
    workers.retire(worker);
  }

  @Override
  public List<WorkerId> markDead(WorkerId by) {
    return workers.markDead(by);
  }

  @Override
  public Set<WorkerId> living(Set<WorkerId> asked) {
    return custodies.living(asked);
  }

  @Override
  public List<DueRun> due(WorkerId worker, Work work, Duration ahead, int limit) {
    return custodies.due(worker, work, ahead, limit);
  }

  @Override
  public List<RunId> standing(WorkerId worker, Work work, int limit) {
    return custodies.standing(worker, work, limit);
  }

  @Override
  public List<DueRun> unwatched(WorkerId worker, Work work, int limit) {
    return custodies.unwatched(worker, work, limit);
  }

  @Override
  public List<Claimed> claim(WorkerId worker, Work work, List<RunId> runs) {
    return custodies.claim(worker, work, runs);
  }

  @Override
  public void release(WorkerId worker, RunId run, long epoch, Due due) {
    custodies.release(worker, run, epoch, due);
  }

  @Override
  public boolean reschedule(WorkerId worker, RunId run, long epoch, long seen, Due due) {
    return custodies.reschedule(worker, run, epoch, seen, due);
  }

  @Override
  public Set<RunId> reschedule(WorkerId worker, List<Reschedule> runs) {
    return custodies.reschedule(worker, runs);
  }

  @Override
  public void stall(WorkerId worker, RunId run, long epoch, long seen, Stall stall) {
    custodies.stall(worker, run, epoch, seen, stall);
  }

  @Override
  public Optional<Tended> hold(RunId run, @Nullable String reason, @Nullable String by) {
    return custodies.hold(run, reason, by);
  }

  @Override
  public Optional<Tended> letGo(RunId run) {
    return custodies.letGo(run);
  }

  @Override
  public boolean nudge(RunId run) {
    return custodies.nudge(run);
  }
}
