package dev.fantasticfour.world.cli.hooks;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.run.HookRecord;
import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.runs.RunKey;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Paging;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Repeating;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.cli.view.Moment;
import dev.fantasticfour.world.cli.view.Table;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code world hooks list}. */
@Command(name = "list", description = "List the hooks that runs wait at.")
public final class HooksList implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();
  @Mixin private Paging paging = new Paging();
  @Mixin private Repeating repeating = new Repeating();

  @Option(names = "--run", paramLabel = "RUN", description = "only hooks of this run")
  private @Nullable String runId;

  @Mixin private RunKey key = new RunKey();

  public HooksList(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException {
    key.checkBeside("--run", runId);
    try (World world = Assembly.client(session)) {
      String run = key.isGiven() ? key.of(world.client()) : runId;
      return repeating.over(
          session,
          output,
          () -> {
            Page<HookRecord> page = world.client().hooks(run, paging.request());
            new Printed(session, output).page("no hooks", page, Json::of, () -> table(page));
            return ExitCode.OK;
          });
    }
  }

  private static Table table(Page<HookRecord> page) {
    Table table = new Table("token", "hook", "run", "created");
    for (HookRecord hook : page.items()) {
      table.row(hook.token(), hook.name(), hook.run(), Moment.local(hook.createdAt()));
    }
    return table;
  }
}
