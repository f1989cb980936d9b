package dev.fantasticfour.world.cli.builds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.cli.view.Moment;
import dev.fantasticfour.world.cli.view.Table;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Versions.BuildUse;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;

/** {@code world builds}. */
@Command(
    name = "builds",
    subcommands = HelpCommand.class,
    description = {
      "Show which builds have workers, and how many open runs are pinned to each.",
      "A build is current; draining, when it takes only what is pinned to it; drained, when"
          + " nothing",
      "is left of that; or missing, when open runs are pinned to it and nobody has it."
    })
public final class BuildsList implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  public BuildsList(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Storage storage = Assembly.storage(session)) {
      List<BuildUse> builds = storage.builds();
      if (output.json()) {
        builds.forEach(use -> session.out().println(Json.line(json(use))));
      } else {
        session.out().println(text(builds));
      }
      return ExitCode.OK;
    }
  }

  private static JsonNode json(BuildUse use) {
    ObjectNode node =
        Json.object()
            .put("build", use.build())
            .put("state", word(use))
            .put("workers", use.workers())
            .put("pinnedRuns", use.pinnedRuns());
    node.set("oldestPinned", Json.of(use.oldestPinned()));
    node.set("lastLease", Json.of(use.lastLease()));
    return node;
  }

  private String text(List<BuildUse> builds) {
    if (builds.isEmpty()) {
      return "no build has workers, and no open run is pinned to one";
    }
    Table table = new Table("build", "state", "workers", "pinned runs", "oldest");
    builds.forEach(
        use ->
            table.row(
                use.build(),
                word(use),
                use.workers(),
                use.pinnedRuns(),
                Moment.local(use.oldestPinned())));
    String missing =
        builds.stream()
            .filter(use -> use.state() == BuildUse.State.MISSING)
            .map(BuildUse::build)
            .collect(Collectors.joining(", "));
    return table.text(session.columns())
        + (missing.isEmpty()
            ? ""
            : "\nmissing: start workers of "
                + missing
                + ", or pin its runs to another build with `runs repin --from BUILD --to BUILD`");
  }

  private static String word(BuildUse use) {
    return use.state().name().toLowerCase(Locale.ROOT);
  }
}
