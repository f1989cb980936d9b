package dev.fantasticfour.world.cli;

import dev.fantasticfour.world.api.config.Secrets;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.cli.attributes.AttributesIndex;
import dev.fantasticfour.world.cli.attributes.AttributesList;
import dev.fantasticfour.world.cli.audit.AuditList;
import dev.fantasticfour.world.cli.builds.BuildsDrain;
import dev.fantasticfour.world.cli.builds.BuildsList;
import dev.fantasticfour.world.cli.builds.BuildsUndrain;
import dev.fantasticfour.world.cli.builds.ChangesList;
import dev.fantasticfour.world.cli.demo.DemoCommand;
import dev.fantasticfour.world.cli.demo.DemoWorkerCommand;
import dev.fantasticfour.world.cli.dev.DevCommand;
import dev.fantasticfour.world.cli.doctor.DoctorCommand;
import dev.fantasticfour.world.cli.hooks.HooksList;
import dev.fantasticfour.world.cli.hooks.HooksResume;
import dev.fantasticfour.world.cli.init.InitCommand;
import dev.fantasticfour.world.cli.queues.QueueDead;
import dev.fantasticfour.world.cli.queues.QueueDrop;
import dev.fantasticfour.world.cli.queues.QueueList;
import dev.fantasticfour.world.cli.queues.QueueRevive;
import dev.fantasticfour.world.cli.queues.QueueStats;
import dev.fantasticfour.world.cli.retention.RetentionRun;
import dev.fantasticfour.world.cli.retention.RetentionSet;
import dev.fantasticfour.world.cli.retention.RetentionShow;
import dev.fantasticfour.world.cli.runs.RunsBulk;
import dev.fantasticfour.world.cli.runs.RunsCancel;
import dev.fantasticfour.world.cli.runs.RunsCount;
import dev.fantasticfour.world.cli.runs.RunsErase;
import dev.fantasticfour.world.cli.runs.RunsEvents;
import dev.fantasticfour.world.cli.runs.RunsExport;
import dev.fantasticfour.world.cli.runs.RunsFailures;
import dev.fantasticfour.world.cli.runs.RunsFork;
import dev.fantasticfour.world.cli.runs.RunsImport;
import dev.fantasticfour.world.cli.runs.RunsKeep;
import dev.fantasticfour.world.cli.runs.RunsList;
import dev.fantasticfour.world.cli.runs.RunsNudge;
import dev.fantasticfour.world.cli.runs.RunsPause;
import dev.fantasticfour.world.cli.runs.RunsRepin;
import dev.fantasticfour.world.cli.runs.RunsRerun;
import dev.fantasticfour.world.cli.runs.RunsReset;
import dev.fantasticfour.world.cli.runs.RunsResult;
import dev.fantasticfour.world.cli.runs.RunsResume;
import dev.fantasticfour.world.cli.runs.RunsRetry;
import dev.fantasticfour.world.cli.runs.RunsSet;
import dev.fantasticfour.world.cli.runs.RunsShow;
import dev.fantasticfour.world.cli.runs.RunsSignal;
import dev.fantasticfour.world.cli.runs.RunsStart;
import dev.fantasticfour.world.cli.runs.RunsSteps;
import dev.fantasticfour.world.cli.runs.RunsTail;
import dev.fantasticfour.world.cli.runs.RunsTerminate;
import dev.fantasticfour.world.cli.runs.RunsTimeline;
import dev.fantasticfour.world.cli.runs.RunsWake;
import dev.fantasticfour.world.cli.runs.RunsWatch;
import dev.fantasticfour.world.cli.schema.MigrateCommand;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.settings.ConfigCommand;
import dev.fantasticfour.world.cli.shell.CompletionCommand;
import dev.fantasticfour.world.cli.shell.HelpListing;
import dev.fantasticfour.world.cli.shell.VersionCommand;
import dev.fantasticfour.world.cli.streams.StreamsList;
import dev.fantasticfour.world.cli.streams.StreamsTail;
import dev.fantasticfour.world.cli.waits.WaitsList;
import dev.fantasticfour.world.cli.workers.WorkersList;
import dev.fantasticfour.world.embedded.EmbeddedServerException;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** All commands, and what happens when one fails. */
final class Commands {

  private static final String[] FOOTER = {
    "  WORKFLOW_POSTGRES_URL     postgresql://user:password@host:port/database",
    "  WORKFLOW_REDIS_URL        redis://host:port, else REDIS_URL",
    "  WORKFLOW_POSTGRES_SCHEMA  schema of World's tables (default: public)",
    "",
    "  NO_COLOR                  help without bold letters",
    "",
    "Exit codes: 0 done; 1 the answer is no (not found, failed, ended already);",
    "2 it could not be asked (bad usage, bad configuration, unreachable server),",
    "or the answer could not be written; 3 not yet ('runs result').",
    "",
    "In a source tree, './world example order' runs an example, and './world bench' measures",
    "World beside others."
  };

  /** What picocli needs to lay out a help text at all; a narrower terminal breaks the lines. */
  private static final int LEAST_USAGE_WIDTH = 55;

  private Commands() {}

  /** The command line of a session. */
  static CommandLine of(Session session) {
    CommandLine world =
        group("world", "Durable workflows on PostgreSQL and Redis.")
            .addSubcommand(new DemoCommand(session))
            .addSubcommand(new DemoWorkerCommand(session))
            .addSubcommand(new DevCommand(session))
            .addSubcommand(new InitCommand(session, Version::number))
            .addSubcommand(new DoctorCommand(session))
            .addSubcommand(new MigrateCommand(session))
            .addSubcommand(
                group("runs", "Start, look at and end runs.")
                    .addSubcommand(new RunsList(session))
                    .addSubcommand(new RunsCount(session))
                    .addSubcommand(new RunsFailures(session))
                    .addSubcommand(new RunsTail(session))
                    .addSubcommand(new RunsShow(session))
                    .addSubcommand(new RunsResult(session))
                    .addSubcommand(new RunsWatch(session))
                    .addSubcommand(new RunsEvents(session))
                    .addSubcommand(new RunsSteps(session))
                    .addSubcommand(new RunsTimeline(session))
                    .addSubcommand(new RunsExport(session))
                    .addSubcommand(new RunsStart(session))
                    .addSubcommand(new RunsCancel(session))
                    .addSubcommand(new RunsTerminate(session))
                    .addSubcommand(new RunsNudge(session))
                    .addSubcommand(new RunsPause(session))
                    .addSubcommand(new RunsResume(session))
                    .addSubcommand(new RunsRetry(session))
                    .addSubcommand(new RunsFork(session))
                    .addSubcommand(new RunsReset(session))
                    .addSubcommand(new RunsRerun(session))
                    .addSubcommand(new RunsImport(session))
                    .addSubcommand(new RunsBulk(session))
                    .addSubcommand(new RunsRepin(session))
                    .addSubcommand(new RunsWake(session))
                    .addSubcommand(new RunsSignal(session))
                    .addSubcommand(new RunsSet(session))
                    .addSubcommand(new RunsKeep(session))
                    .addSubcommand(new RunsErase(session)))
            .addSubcommand(
                group("retention", "How long runs are kept after their end.")
                    .addSubcommand(new RetentionShow(session))
                    .addSubcommand(new RetentionSet(session))
                    .addSubcommand(new RetentionRun(session)))
            .addSubcommand(
                group("attributes", "Indexes by which runs are found.")
                    .addSubcommand(new AttributesIndex(session))
                    .addSubcommand(new AttributesList(session)))
            .addSubcommand(
                new CommandLine(new BuildsList(session))
                    .addSubcommand(new BuildsDrain(session))
                    .addSubcommand(new BuildsUndrain(session)))
            .addSubcommand(
                group("changes", "Changes of the code of workflows, and which runs go which way.")
                    .addSubcommand(new ChangesList(session)))
            .addSubcommand(
                group("hooks", "Look at the hooks that runs wait at, and send to them.")
                    .addSubcommand(new HooksList(session))
                    .addSubcommand(new HooksResume(session)))
            .addSubcommand(new WaitsList(session))
            .addSubcommand(
                group("workers", "Look at the processes that execute runs.")
                    .addSubcommand(new WorkersList(session)))
            .addSubcommand(
                group("streams", "Follow what runs write while they go on.")
                    .addSubcommand(new StreamsList(session))
                    .addSubcommand(new StreamsTail(session)))
            .addSubcommand(
                group("queue", "Depth of a queue, and what became of messages nobody could handle.")
                    .addSubcommand(new QueueList(session))
                    .addSubcommand(new QueueStats(session))
                    .addSubcommand(new QueueDead(session))
                    .addSubcommand(new QueueRevive(session))
                    .addSubcommand(new QueueDrop(session)))
            .addSubcommand(new AuditList(session))
            .addSubcommand(new ConfigCommand(session))
            .addSubcommand(new CompletionCommand(session))
            .addSubcommand(new VersionCommand(session, Version::number));
    Examples examples = Examples.read();
    world.getCommandSpec().removeSubcommand("help");
    world.addSubcommand(new HelpListing(session, examples.all()));
    examples.addTo(world);
    Protection.addTo(world);
    world
        .getCommandSpec()
        .versionProvider(new Version())
        .addOption(
            OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("show the version and end")
                .build());
    world.getCommandSpec().usageMessage().footerHeading("%nVariables:%n").footer(FOOTER);
    return world
        .setOut(session.out())
        .setErr(session.err())
        .setCaseInsensitiveEnumValuesAllowed(true)
        // A token or a key may begin with an at sign; it names no file to read.
        .setExpandAtFiles(false)
        .setUsageHelpWidth(Math.max(LEAST_USAGE_WIDTH, session.columns().orElse(100)))
        .setUsageHelpAutoWidth(false)
        .setExecutionStrategy(parsed -> logAndRun(session, parsed))
        .setParameterExceptionHandler(Commands::badUsage)
        .setExecutionExceptionHandler((e, line, parsed) -> failed(session, e, line));
  }

  private static CommandLine group(String name, String description) {
    CommandLine group = new CommandLine(new WorldCommand());
    CommandSpec spec = group.getCommandSpec().name(name);
    spec.usageMessage().description(description);
    return group.addSubcommand(new HelpCommand());
  }

  /** Loggers are made with their classes: how much they say has to be known before any command. */
  private static int logAndRun(Session session, ParseResult parsed) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    Logging.begin(isVerbose(last.commandSpec().commandLine()));
    boolean isHelp = last.isUsageHelpRequested() || last.isVersionHelpRequested();
    String refusal = isHelp ? null : Protection.refusal(session, last.commandSpec());
    if (refusal != null) {
      session.err().println("world: " + refusal);
      return ExitCode.NOT_ASKED;
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private static int badUsage(ParameterException e, String[] arguments) {
    CommandLine line = e.getCommandLine();
    String message = Secrets.mask(String.valueOf(e.getMessage())).replaceAll("\\s*\\R\\s*", " ");
    String name = line.getCommandSpec().qualifiedName();
    line.getErr().println(name + ": " + message + " (see '" + name + " --help')");
    return ExitCode.NOT_ASKED;
  }

  /** One line: these are mistakes of people and machines, and a stack trace helps with neither. */
  private static int failed(Session session, Exception e, CommandLine line) {
    String message =
        e instanceof WorldException || e instanceof EmbeddedServerException
            ? String.valueOf(e.getMessage())
            : "unexpected " + e + " (--verbose tells where)";
    session.err().println("world: " + Secrets.mask(message.replaceAll("\\s*\\R\\s*", " ")));
    if (isVerbose(line)) {
      e.printStackTrace(session.err());
    }
    return ExitCode.of(e);
  }

  private static boolean isVerbose(CommandLine line) {
    var option = line.getCommandSpec().findOption("--verbose");
    return option != null && Boolean.TRUE.equals(option.getValue());
  }
}
