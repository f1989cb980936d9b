package dev.fantasticfour.world.cli.archive;

import dev.fantasticfour.world.api.ImportOptions;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.assembly.Operating;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.core.operate.RunOperations;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code world import}. */
@Command(
    name = "import",
    description = {
      "Take in what `world export` wrote: the runs are there as they were, and paused if they had"
          + " not ended.",
      "Each run comes whole or not at all. Nothing of what its history says was done is done again."
    })
public final class ImportCommand implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "FILE", description = "what was written")
  private Path file = Path.of("");

  @Option(names = "--skip-existing", description = "leave runs alone that are there already")
  private boolean isSkipping;

  @Option(names = "--resume", description = "let them go on at once")
  private boolean isGoing;

  public ImportCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    try (BufferedReader in = new ArchiveFile(file).open();
        Operating operating = Assembly.operating(session)) {
      ArchiveReader archive = new ArchiveReader(file.toString(), in);
      long taken = 0;
      long skipped = 0;
      for (Optional<ArchiveReader.Found> found = archive.next();
          found.isPresent();
          found = archive.next()) {
        if (isSkipping && operating.storage().run(new RunId(found.get().run())).isPresent()) {
          skipped++;
        } else {
          take(operating.operator().runs(), found.get());
          taken++;
        }
      }
      print(taken, skipped);
      return ExitCode.OK;
    }
  }

  private void take(RunOperations runs, ArchiveReader.Found found) throws IOException {
    String name = file + ", from line " + found.line();
    String unused =
        runs.importRun(
            name, new StringReader(found.text()), o -> new ImportOptions(false, isGoing));
  }

  private void print(long taken, long skipped) {
    new Printed(session, output)
        .value(
            () ->
                Json.object()
                    .put("runs", taken)
                    .put("skipped", skipped)
                    .put("file", file.toString()),
            () ->
                taken
                    + " runs: taken in from "
                    + file
                    + (skipped == 0 ? "" : "; " + skipped + " were there already"));
  }
}
