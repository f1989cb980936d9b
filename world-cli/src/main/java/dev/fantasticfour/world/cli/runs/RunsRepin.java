package dev.fantasticfour.world.cli.runs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.Pin;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.assembly.Operating;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.cli.view.PinWord;
import dev.fantasticfour.world.core.operate.ManyRuns.Repinned;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.core.port.Versions.OpenRuns;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code world runs repin}. */
@Command(
    name = "repin",
    description = {
      "Pin open runs to another build, or to none.",
      "A run that a worker of another build has is taken from it; a step that it was running there",
      "is run again. Exit code 1 when nobody has the build that is named."
    })
public final class RunsRepin implements Callable<Integer> {

  private static final int AT_ONCE = 500;
  private static final int SHOWN = 20;

  private final Session session;
  @Mixin private Output output = new Output();

  @Option(names = "--workflow", paramLabel = "NAME", description = "runs of that workflow")
  private @Nullable String workflow;

  @Option(
      names = "--from",
      paramLabel = "BUILD",
      description = "runs that are pinned to that build")
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "BUILD",
      required = true,
      description = "the build that is to have them; 'auto' = any, 'first' = whichever comes first")
  private String to = "";

  @Option(names = "--dry-run", description = "count them, and change nothing")
  private boolean dryRun;

  @Option(names = "--force", description = "also to a build that has no workers yet")
  private boolean force;

  public RunsRepin(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (workflow == null && from == null) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT,
          "which runs are to be pinned to '" + to + "'? Name --workflow, --from, or both");
    }
    OpenRuns which = new OpenRuns(workflow, from);
    Pin pin = PinWord.read(to);
    try (Operating operating = Assembly.onStorage(session)) {
      if (pin instanceof Pin.To build
          && !force
          && !dryRun
          && !hasWorkers(operating.storage(), build.build())) {
        session
            .err()
            .println(
                "world: no worker of build '"
                    + to
                    + "' is alive, so that its runs would wait; see `builds`, or add --force");
        return ExitCode.NO;
      }
      if (dryRun) {
        count(operating.storage(), which);
      } else {
        Repinned done = operating.operator().manyRuns().repin(which, pin);
        print(done.first(), done.matched(), done.changed());
      }
      return ExitCode.OK;
    }
  }

  private static boolean hasWorkers(Storage storage, String build) {
    return storage.builds().stream()
        .anyMatch(use -> use.build().equals(build) && use.workers() > 0);
  }

  private void count(Storage storage, OpenRuns which) {
    List<RunId> first = new ArrayList<>();
    int matched = 0;
    List<RunId> page = storage.open(which, null, AT_ONCE);
    while (!page.isEmpty()) {
      matched += page.size();
      first.addAll(page.subList(0, Math.min(page.size(), SHOWN - first.size())));
      page = storage.open(which, page.getLast(), AT_ONCE);
    }
    print(first, matched, 0);
  }

  private void print(List<RunId> first, int matched, int changed) {
    new Printed(session, output)
        .value(
            () -> {
              ObjectNode node = Json.object().put("matched", matched).put("repinned", changed);
              node.put("dryRun", dryRun).set("first", Json.of(first));
              return node;
            },
            () -> text(first, matched, changed));
  }

  private String text(List<RunId> first, int matched, int changed) {
    if (!dryRun) {
      int before = matched - changed;
      return changed
          + " runs are pinned to '"
          + to
          + "'"
          + (before == 0 ? "" : "; " + before + " were so before, or have ended");
    }
    StringBuilder text = new StringBuilder();
    text.append(matched).append(" open runs would be pinned to '").append(to).append("'");
    first.forEach(run -> text.append('\n').append(run));
    return text.append(matched > first.size() ? "\n…" : "").toString();
  }
}
