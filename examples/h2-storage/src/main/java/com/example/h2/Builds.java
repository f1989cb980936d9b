package com.example.h2;

import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Versions.BuildUse;
import dev.fantasticfour.world.core.port.Versions.ChangeUse;
import dev.fantasticfour.world.core.port.Versions.OpenRuns;
import dev.fantasticfour.world.core.port.WorkerId;
import dev.fantasticfour.world.core.rules.ChangeUses;
import dev.fantasticfour.world.core.rules.Custody;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Which builds have which runs, within one transaction. */
record Builds(Tables tables) {

  /** What {@link Custody#isFor} says, of a worker, its build, and whether that is drained. */
  static final String OF_WORKER =
      """
      (status not in ('pending', 'running') or held_at is null
        and (pinned_build = :build
          or pinned_build = '' and not :drained
          or pinned_build is null and (not :drained or owner = :worker)))\
      """;

  private Handle handle() {
    return tables.handle();
  }

  boolean isDrained(String build) {
    return handle()
        .select("select 1 from builds where build = ?", build)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  boolean drain(String build) {
    return !isDrained(build) && handle().execute("insert into builds values (?)", build) > 0;
  }

  boolean undrain(String build) {
    return handle().execute("delete from builds where build = ?", build) > 0;
  }

  List<BuildUse> all() {
    Instant now = tables.now();
    return handle()
        .createQuery(
            """
            select build from workers where not dead and lease_until >= :now
            union select build from builds
            union select pinned_build from runs
              where pinned_build <> '' and status in ('pending', 'running')
            """)
        .bind("now", now)
        .mapTo(String.class)
        .stream()
        .sorted()
        .map(build -> use(build, now))
        .toList();
  }

  private BuildUse use(String build, Instant now) {
    List<RunId> pinned = open(new OpenRuns(null, build), null, Integer.MAX_VALUE);
    return new BuildUse(
        build,
        handle()
            .select(
                "select count(*) from workers where build = ? and not dead and lease_until >= ?",
                build,
                now)
            .mapTo(Integer.class)
            .one(),
        pinned.size(),
        pinned.stream()
            .map(run -> tables.run(run, false).orElseThrow().createdAt())
            .min(Instant::compareTo)
            .orElse(null),
        isDrained(build),
        handle()
            .select(
                "select lease_until from workers where build = ? order by lease_until desc limit 1",
                build)
            .mapTo(Instant.class)
            .findOne()
            .orElse(null),
        now);
  }

  List<RunId> open(OpenRuns which, @Nullable RunId after, int limit) {
    return handle()
        .createQuery(
            """
            select run_id from runs
            where status in ('pending', 'running')
              and workflow = coalesce(:workflow, workflow)
              and coalesce(pinned_build, '') = coalesce(:build, pinned_build, '')
              and run_id > :after
            order by run_id
            limit :limit
            """)
        .bind("workflow", which.workflow())
        .bind("build", which.pinnedTo())
        .bind("after", after == null ? "" : after.value())
        .bind("limit", limit)
        .mapTo(String.class)
        .map(RunId::new)
        .list();
  }

  /** Logs are read one by one: this is for people, now and then. */
  List<ChangeUse> changes(@Nullable String workflow) {
    return ChangeUses.of(
        handle()
            .createQuery("select run_id from runs where workflow = coalesce(:workflow, workflow)")
            .bind("workflow", workflow)
            .mapTo(String.class)
            .map(run -> tables.log(new RunId(run)))
            .map(
                log ->
                    new ChangeUses.Log(
                        log.fold().creation().orElseThrow().workflow(),
                        log.events(),
                        log.fold().status().isFinal()))
            .list());
  }

  Set<RunId> repin(List<RunId> runs, Pin to) {
    Workers workers = new Workers(tables);
    Set<RunId> changed = new HashSet<>();
    for (RunId run : runs) {
      Optional<Custody> before =
          tables
              .custody(run)
              .filter(custody -> !tables.status(run).isFinal() && !custody.pin().equals(to));
      before.ifPresent(
          custody -> {
            WorkerId owner = custody.owner();
            String build = owner == null ? null : workers.build(owner).orElse(null);
            tables.keep(run, custody.repinned(to, build));
            changed.add(run);
          });
    }
    return changed;
  }
}
