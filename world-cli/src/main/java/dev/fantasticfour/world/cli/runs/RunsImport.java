package dev.fantasticfour.world.cli.runs;

import dev.fantasticfour.world.api.ImportOptions;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.assembly.Operating;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code world runs import}. */
@Command(
    name = "import",
    description = {
      "Take in what `runs export` wrote: the run is there as it was, and paused if it had not"
          + " ended.",
      "Nothing of what its history says was done is done again."
    })
public final class RunsImport implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "FILE", description = "what was written")
  private Path file = Path.of("");

  @Option(names = "--new-id", description = "under a new id, with new ids of its steps")
  private boolean isNew;

  @Option(names = "--resume", description = "let it go on at once")
  private boolean isGoing;

  public RunsImport(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    try (Operating operating = Assembly.operating(session);
        Reader in = open()) {
      String run =
          operating
              .operator()
              .runs()
              .importRun(file.toString(), in, o -> new ImportOptions(isNew, isGoing));
      new Printed(session, output)
          .value(
              () -> Json.object().put("run", run).put("file", file.toString()),
              () -> run + ": taken in from " + file);
      return ExitCode.OK;
    }
  }

  private Reader open() throws IOException {
    try {
      return Files.newBufferedReader(file);
    } catch (NoSuchFileException e) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT, "cannot read '" + file + "': there is no such file", e);
    }
  }
}
