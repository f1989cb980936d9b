package dev.fantasticfour.world.postgres;

import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.core.port.Versions.BuildUse;
import dev.fantasticfour.world.core.port.Versions.ChangeUse;
import dev.fantasticfour.world.core.port.Versions.OpenRuns;
import dev.fantasticfour.world.core.rules.PinText;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which builds have which runs, and which changes of their code. */
final class Builds {

  private static final int ATTEMPTS = 5;

  private final Sessions sessions;
  private final PostgresErrors errors;
  private final Supplier<Duration> offset;

  Builds(Sessions sessions, PostgresErrors errors, Supplier<Duration> offset) {
    this.sessions = sessions;
    this.errors = errors;
    this.offset = offset;
  }

  List<BuildUse> all() {
    return call("looking at builds", mapper -> mapper.uses(now())).stream()
        .map(
            row ->
                new BuildUse(
                    row.build(),
                    row.workers(),
                    row.pinnedRuns(),
                    row.oldestPinned(),
                    row.drained(),
                    row.lastLease(),
                    row.asOf()))
        .sorted(Comparator.comparing(BuildUse::build))
        .toList();
  }

  boolean drain(String build) {
    return call("draining build " + build, mapper -> mapper.drain(build, now())) > 0;
  }

  boolean undrain(String build) {
    return call("undraining build " + build, mapper -> mapper.undrain(build)) > 0;
  }

  List<RunId> open(OpenRuns which, @Nullable RunId after, int limit) {
    return call(
            "looking for open runs",
            mapper ->
                mapper.open(
                    which.workflow(),
                    which.pinnedTo(),
                    after == null ? null : after.value(),
                    limit))
        .stream()
        .map(RunId::new)
        .toList();
  }

  Set<RunId> repin(List<RunId> runs, Pin to) {
    if (runs.isEmpty()) {
      return Set.of();
    }
    String[] ids = runs.stream().map(RunId::value).distinct().toArray(String[]::new);
    return call(
            "pinning " + runs.size() + " runs",
            mapper -> mapper.repin(ids, PinText.write(to), to instanceof Pin.To))
        .stream()
        .map(RunId::new)
        .collect(Collectors.toSet());
  }

  List<ChangeUse> changes(@Nullable String workflow) {
    if (workflow != null && !Texts.isStorable(workflow)) {
      return List.of();
    }
    return call("looking at changes", mapper -> mapper.changes(workflow)).stream()
        .map(
            row ->
                new ChangeUse(
                    row.workflow(),
                    row.changeId(),
                    row.firstSeen(),
                    row.taken(),
                    row.notTaken(),
                    row.undecided()))
        .toList();
  }

  private String now() {
    return Intervals.write(offset.get());
  }

  private <T> T call(String attempt, Function<BuildMapper, T> statement) {
    for (int i = 1; ; i++) {
      try {
        return sessions.call(BuildMapper.class, statement);
      } catch (RuntimeException e) {
        if (!PostgresErrors.isRepeatable(e) || i == ATTEMPTS) {
          throw errors.translate(attempt, e);
        }
      }
    }
  }
}
