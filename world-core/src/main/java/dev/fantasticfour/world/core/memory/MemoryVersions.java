package dev.fantasticfour.world.core.memory;

import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Versions.BuildUse;
import dev.fantasticfour.world.core.port.Versions.ChangeUse;
import dev.fantasticfour.world.core.port.Versions.OpenRuns;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.ChangeUses;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which builds have which runs. Every method here runs under the store's lock. */
final class MemoryVersions {

  private final MemoryStore store;

  MemoryVersions(MemoryStore store) {
    this.store = store;
  }

  List<BuildUse> builds() {
    Set<String> builds = new TreeSet<>(store.drained);
    Instant now = store.now();
    store.workers.values().stream()
        .filter(worker -> lives(worker, now))
        .forEach(worker -> builds.add(worker.build()));
    open().flatMap(run -> Stream.ofNullable(buildOf(run))).forEach(builds::add);
    return builds.stream().map(build -> use(build, now)).toList();
  }

  private BuildUse use(String build, Instant now) {
    List<MemoryStore.Worker> workers =
        store.workers.values().stream().filter(worker -> worker.build().equals(build)).toList();
    List<RunEntry> pinned = open().filter(run -> build.equals(buildOf(run))).toList();
    return new BuildUse(
        build,
        (int) workers.stream().filter(worker -> lives(worker, now)).count(),
        pinned.size(),
        pinned.stream()
            .map(run -> run.record(false).createdAt())
            .min(Instant::compareTo)
            .orElse(null),
        store.drained.contains(build),
        workers.stream().map(MemoryStore.Worker::leaseUntil).max(Instant::compareTo).orElse(null),
        now);
  }

  private static boolean lives(MemoryStore.Worker worker, Instant now) {
    return !worker.dead() && !worker.leaseUntil().isBefore(now);
  }

  boolean drain(String build) {
    return store.drained.add(build);
  }

  boolean undrain(String build) {
    return store.drained.remove(build);
  }

  List<RunId> open(OpenRuns which, @Nullable RunId after, int limit) {
    return open()
        .filter(run -> which.workflow() == null || which.workflow().equals(run.workflow()))
        .filter(run -> which.pinnedTo() == null || which.pinnedTo().equals(buildOf(run)))
        .map(run -> run.id)
        .filter(run -> after == null || run.value().compareTo(after.value()) > 0)
        .sorted(Comparator.comparing(RunId::value))
        .limit(limit)
        .toList();
  }

  Set<RunId> repin(List<RunId> runs, Pin to) {
    Set<RunId> changed = new LinkedHashSet<>();
    for (RunId id : runs) {
      RunEntry run = store.find(id);
      if (run != null && !run.fold.status().isFinal() && !run.custody().pin().equals(to)) {
        WorkerId owner = run.custody().owner();
        run.custody(run.custody().repinned(to, owner == null ? null : store.buildOf(owner)));
        changed.add(id);
      }
    }
    return changed;
  }

  List<ChangeUse> changes(@Nullable String workflow) {
    return ChangeUses.of(
        store.runs.values().stream()
            .filter(run -> workflow == null || workflow.equals(run.workflow()))
            .map(run -> new ChangeUses.Log(run.workflow(), run.log, run.fold.status().isFinal()))
            .toList());
  }

  private Stream<RunEntry> open() {
    return store.runs.values().stream().filter(run -> !run.fold.status().isFinal());
  }

  private static @Nullable String buildOf(RunEntry run) {
    return run.custody().pin() instanceof Pin.To to ? to.build() : null;
  }
}
