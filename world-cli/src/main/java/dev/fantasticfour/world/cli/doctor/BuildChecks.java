package dev.fantasticfour.world.cli.doctor;

import dev.fantasticfour.world.api.config.Secrets;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Moment;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Versions.BuildUse;
import java.util.List;

/** Whether every build that open runs are pinned to is there. */
final class BuildChecks {

  private static final String NAME = "builds";

  private BuildChecks() {}

  static List<Diagnosis> of(Session session) {
    try (Storage storage = Assembly.storage(session)) {
      List<BuildUse> builds = storage.builds();
      List<Diagnosis> missing =
          builds.stream()
              .filter(use -> use.state() == BuildUse.State.MISSING)
              .map(BuildChecks::missing)
              .toList();
      long pinned = builds.stream().mapToLong(BuildUse::pinnedRuns).sum();
      return missing.isEmpty()
          ? List.of(
              Diagnosis.ok(NAME, builds.size() + " known, " + pinned + " runs pinned to them"))
          : missing;
    } catch (WorldException e) {
      return List.of(
          Diagnosis.unknown(
              NAME, Secrets.mask(String.valueOf(e.getMessage())), "look at the lines above"));
    }
  }

  private static Diagnosis missing(BuildUse use) {
    return Diagnosis.fail(
        NAME,
        "build '%s' is missing: %d open runs are pinned to it, the oldest since %s, and no worker has it"
            .formatted(use.build(), use.pinnedRuns(), Moment.local(use.oldestPinned())),
        "start workers of that build, or `world runs repin --from " + use.build() + " --to …`");
  }
}
