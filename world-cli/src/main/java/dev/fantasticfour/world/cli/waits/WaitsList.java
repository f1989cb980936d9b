package dev.fantasticfour.world.cli.waits;

import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.WaitRecord;
import dev.fantasticfour.world.cli.runs.RunChoice;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.cli.view.Moment;
import dev.fantasticfour.world.cli.view.Table;
import dev.fantasticfour.world.core.port.Storage;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code world waits}. */
@Command(
    name = "waits",
    description = {
      "List the sleeps and time limits of a run, and when each is over.",
      "'runs wake' ends one early. A run that has ended has none."
    })
public final class WaitsList implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  @Mixin private RunChoice named = new RunChoice();

  public WaitsList(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Storage storage = named.storage(session)) {
      RunId run = named.id(storage);
      if (storage.run(run).isEmpty()) {
        throw new WorldException(ErrorCode.RUN_NOT_FOUND, "there is no run " + run);
      }
      List<WaitRecord> waits = storage.waits(run);
      if (output.json()) {
        waits.forEach(wait -> session.out().println(Json.line(Json.of(wait))));
      } else {
        session.out().println(waits.isEmpty() ? "no waits" : text(waits));
      }
      return ExitCode.OK;
    }
  }

  private String text(List<WaitRecord> waits) {
    Table table = new Table("wait", "name", "status", "over at", "created");
    for (WaitRecord wait : waits) {
      table.row(
          wait.id(),
          wait.name(),
          wait.status().word(),
          Moment.local(wait.resumeAt()),
          Moment.local(wait.createdAt()));
    }
    return table.text(session.columns());
  }
}
