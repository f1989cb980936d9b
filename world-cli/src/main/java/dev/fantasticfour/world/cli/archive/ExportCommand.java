package dev.fantasticfour.world.cli.archive;

import dev.fantasticfour.world.api.ExportOptions;
import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.runs.RunSearch;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code world export}. */
@Command(
    name = "export",
    description = {
      "Write the histories of all runs that match into one file, for `world import`.",
      "Runs may go on meanwhile: each is written as far as it has come. Those that begin"
          + " meanwhile are left out.",
      "It holds what was said, tokens of hooks included; chunks of streams are not in it."
    })
public final class ExportCommand implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();
  @Mixin private RunSearch search = new RunSearch();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "write to this file, which must not exist; packed when it ends with .gz")
  private Path file = Path.of("");

  public ExportCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    Instant now = Instant.now();
    RunFilter asked = search.filter(now);
    if (asked.createdBefore() == null) {
      asked = asked.createdBefore(now);
    }
    try (World world = Assembly.client(session)) {
      RunFilter filter = search.of(world.client(), asked);
      long runs = written(world.client(), filter);
      new Printed(session, output)
          .value(
              () -> Json.object().put("runs", runs).put("file", file.toString()),
              () -> runs + " runs: written to " + file);
      return ExitCode.OK;
    }
  }

  private long written(WorldClient client, RunFilter filter) throws IOException {
    boolean isWhole = false;
    ArchiveWriter archive = new ArchiveWriter(new ArchiveFile(file).create());
    try (archive) {
      PageRequest request = PageRequest.oldestFirst().withLimit(PageRequest.MAX);
      boolean more = true;
      while (more) {
        Page<RunRecord> page = client.runs(filter, request);
        for (RunRecord run : page.items()) {
          Optional<String> history = history(client, run.id().value());
          if (history.isPresent()) {
            archive.add(history.get());
          }
        }
        more = page.hasMore();
        request = more ? request.after(page.cursor()) : request;
      }
      long runs = archive.end();
      isWhole = true;
      return runs;
    } finally {
      if (!isWhole) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Empty for a run that was deleted meanwhile. */
  private static Optional<String> history(WorldClient client, String run) throws IOException {
    StringBuilder text = new StringBuilder();
    try {
      client.exportRun(run, text, o -> new ExportOptions(false, false));
      return Optional.of(text.toString());
    } catch (WorldException e) {
      if (e.code() == ErrorCode.RUN_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
