package dev.fantasticfour.world.cli;

import dev.fantasticfour.world.cli.session.ExitCode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code world} itself, and every group of commands: without a command it shows what there is. */
@Command(
    name = "world",
    synopsisSubcommandLabel = "COMMAND",
    description = "Durable workflows on PostgreSQL and Redis.",
    footerHeading = "%nVariables:%n",
    footer = {
      "  WORKFLOW_POSTGRES_URL     postgresql://user:password@host:port/database",
      "  WORKFLOW_REDIS_URL        redis://host:port, else REDIS_URL",
      "  WORKFLOW_POSTGRES_SCHEMA  schema of World's tables (default: public)",
      "",
      "Exit codes: 0 done; 1 the answer is no (not found, failed, ended already);",
      "2 it could not be asked (bad usage, bad configuration, unreachable server)."
    })
final class WorldCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help and end")
  private boolean help;

  @Override
  public Integer call() {
    if (spec != null) {
      CommandLine line = spec.commandLine();
      line.usage(line.getErr());
    }
    return ExitCode.NOT_ASKED;
  }
}
