package dev.fantasticfour.world.cli.runs;

import dev.fantasticfour.world.api.ExportOptions;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code world runs export}. */
@Command(
    name = "export",
    description = {
      "Write the history of a run down as JSON Lines, for tests that replay it, or for a bug"
          + " report.",
      "It holds what was said, tokens of hooks included, unless --redact leaves that out."
    })
public final class RunsExport implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();

  @Mixin private RunChoice named = new RunChoice();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "write to this file, which must not exist; else to standard output")
  private @Nullable Path file;

  @Option(
      names = "--redact",
      description = "types and lengths in place of values; cannot be replayed")
  private boolean isRedacted;

  @Option(names = "--chain", description = "all runs of its chain, in order")
  private boolean isOfChain;

  public RunsExport(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    try (World world = named.client(session)) {
      String runId = named.id(world.client());
      Path to = file;
      if (to == null) {
        world.client().exportRun(runId, session.out(), o -> options());
      } else {
        write(world, runId, to);
        new Printed(session, output)
            .value(
                () -> Json.object().put("run", runId).put("file", to.toString()),
                () -> runId + ": written to " + to);
      }
      return ExitCode.OK;
    }
  }

  private ExportOptions options() {
    return new ExportOptions(isRedacted, isOfChain);
  }

  private void write(World world, String runId, Path to) throws IOException {
    boolean isWhole = false;
    boolean isOurs = false;
    try (Writer writer = Files.newBufferedWriter(to, StandardOpenOption.CREATE_NEW)) {
      isOurs = true;
      world.client().exportRun(runId, writer, o -> options());
      isWhole = true;
    } catch (FileAlreadyExistsException e) {
      throw refused(to, "there is such a file already; name another one, or remove it", e);
    } catch (NoSuchFileException e) {
      throw refused(to, "there is no such directory", e);
    } catch (IOException e) {
      throw refused(to, String.valueOf(e.getMessage()), e);
    } finally {
      if (isOurs && !isWhole) {
        Files.deleteIfExists(to);
      }
    }
  }

  private static WorldException refused(Path to, String why, IOException cause) {
    return new WorldException(
        ErrorCode.INVALID_ARGUMENT, "cannot write '" + to + "': " + why, cause);
  }
}
