package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.core.port.RunCustody;
import dev.fantasticfour.world.core.port.RunCustody.Pulse;
import dev.fantasticfour.world.core.port.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Incarnations of processes and their leases. */
final class Workers {

  private final Beats beats;
  private final Supplier<Duration> offset;

  Workers(Beats beats, Supplier<Duration> offset) {
    this.beats = beats;
    this.offset = offset;
  }

  Instant register(WorkerId worker, String buildId, Duration lease) {
    beats.call(
        "forgetting workers that are over",
        mapper -> mapper.forget(Intervals.write(RunCustody.REMEMBERED_FOR), now()));
    Instant now =
        beats.<@Nullable Instant>call(
            "registering worker " + worker,
            mapper ->
                mapper.register(
                    worker.value(), Texts.storable(buildId), Intervals.write(lease), now()));
    if (now == null) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT, "worker " + worker + " is over; register under a new id");
    }
    return now;
  }

  Optional<Instant> beat(WorkerId worker, Duration lease) {
    return Optional.ofNullable(
        beats.<@Nullable Instant>call(
            "renewing the lease of worker " + worker,
            mapper -> mapper.beat(worker.value(), Intervals.write(lease), now())));
  }

  Optional<Pulse> beat(WorkerId worker, Duration lease, boolean judge) {
    return Optional.ofNullable(
            beats.<@Nullable PulseRow>call(
                "renewing the lease of worker " + worker,
                mapper ->
                    mapper.beatAndJudge(worker.value(), Intervals.write(lease), judge, now())))
        .map(row -> new Pulse(row.storeTime(), row.deadWorkers(), row.drained(), row.prunes()));
  }

  void retire(WorkerId worker) {
    beats.call("retiring worker " + worker, mapper -> mapper.retire(worker.value()));
  }

  List<WorkerId> markDead(WorkerId by) {
    return beats
        .call("looking for dead workers", mapper -> mapper.markDead(by.value(), now()))
        .stream()
        .map(WorkerId::new)
        .toList();
  }

  private String now() {
    return Intervals.write(offset.get());
  }
}
