package dev.fantasticfour.world.cli;

import dev.fantasticfour.world.api.config.Secrets;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.cli.archive.ExportCommand;
import dev.fantasticfour.world.cli.archive.ImportCommand;
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
import dev.fantasticfour.world.cli.replay.ReplayCommand;
import dev.fantasticfour.world.cli.restore.AfterRestore;
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
import dev.fantasticfour.world.cli.shell.ManCommand;
import dev.fantasticfour.world.cli.shell.VersionCommand;
import dev.fantasticfour.world.cli.streams.StreamsList;
import dev.fantasticfour.world.cli.streams.StreamsTail;
import dev.fantasticfour.world.cli.waits.WaitsList;
import dev.fantasticfour.world.cli.workers.WorkersList;
import dev.fantasticfour.world.embedded.EmbeddedServerException;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** All commands, and what happens when one fails. */
final class Commands {

  private static final String[] FOOTER = {
    "  WORKFLOW_POSTGRES_URL     postgresql://user:password@host:port/database, or 'embedded'",
    "  WORKFLOW_REDIS_URL        redis://host:port, or 'embedded'; else REDIS_URL",
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

  /** The command line of a session, with every command there is. */
  static CommandLine of(Session session) {
    return of(session, Asked.everything());
  }

  /** That of a call, which has what the call may mean and knows nothing of other commands. */
  static CommandLine of(Session session, Asked asked) {
    Examples examples = Examples.read();
    CommandLine world = all(session, examples).built(asked);
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

  /** A verb is a line. In the order in which the help has them. */
  private static Group all(Session session, Examples examples) {
    return new Group("world", "Durable workflows on PostgreSQL and Redis.")
        .verb("demo", () -> new DemoCommand(session))
        .verb("demo-worker", () -> new DemoWorkerCommand(session))
        .verb("dev", () -> new DevCommand(session))
        .verb("init", () -> new InitCommand(session, Version::number))
        .verb("doctor", () -> new DoctorCommand(session))
        .verb("migrate", () -> new MigrateCommand(session))
        .verb("after-restore", () -> new AfterRestore(session))
        .verb("export", () -> new ExportCommand(session))
        .verb("import", () -> new ImportCommand(session))
        .group(
            "runs",
            "Start, look at and end runs.",
            runs ->
                runs.verb("list", () -> new RunsList(session))
                    .verb("count", () -> new RunsCount(session))
                    .verb("failures", () -> new RunsFailures(session))
                    .verb("tail", () -> new RunsTail(session))
                    .verb("show", () -> new RunsShow(session))
                    .verb("result", () -> new RunsResult(session))
                    .verb("watch", () -> new RunsWatch(session))
                    .verb("events", () -> new RunsEvents(session))
                    .verb("steps", () -> new RunsSteps(session))
                    .verb("timeline", () -> new RunsTimeline(session))
                    .verb("export", () -> new RunsExport(session))
                    .verb("start", () -> new RunsStart(session))
                    .verb("cancel", () -> new RunsCancel(session))
                    .verb("terminate", () -> new RunsTerminate(session))
                    .verb("nudge", () -> new RunsNudge(session))
                    .verb("pause", () -> new RunsPause(session))
                    .verb("resume", () -> new RunsResume(session))
                    .verb("retry", () -> new RunsRetry(session))
                    .verb("fork", () -> new RunsFork(session))
                    .verb("reset", () -> new RunsReset(session))
                    .verb("rerun", () -> new RunsRerun(session))
                    .verb("import", () -> new RunsImport(session))
                    .verb("bulk", () -> new RunsBulk(session))
                    .verb("repin", () -> new RunsRepin(session))
                    .verb("wake", () -> new RunsWake(session))
                    .verb("signal", () -> new RunsSignal(session))
                    .verb("set", () -> new RunsSet(session))
                    .verb("keep", () -> new RunsKeep(session))
                    .verb("erase", () -> new RunsErase(session)))
        .group(
            "retention",
            "How long runs are kept after their end.",
            retention ->
                retention
                    .verb("show", () -> new RetentionShow(session))
                    .verb("set", () -> new RetentionSet(session))
                    .verb("run", () -> new RetentionRun(session)))
        .group(
            "attributes",
            "Indexes by which runs are found.",
            attributes ->
                attributes
                    .verb("index", () -> new AttributesIndex(session))
                    .verb("list", () -> new AttributesList(session)))
        .verb(
            "builds",
            () ->
                new CommandLine(new BuildsList(session))
                    .addSubcommand(new BuildsDrain(session))
                    .addSubcommand(new BuildsUndrain(session)))
        .group(
            "changes",
            "Changes of the code of workflows, and which runs go which way.",
            changes -> changes.verb("list", () -> new ChangesList(session)))
        .group(
            "hooks",
            "Look at the hooks that runs wait at, and send to them.",
            hooks ->
                hooks
                    .verb("list", () -> new HooksList(session))
                    .verb("resume", () -> new HooksResume(session)))
        .verb("waits", () -> new WaitsList(session))
        .verb("replay", () -> new ReplayCommand(session))
        .group(
            "workers",
            "Look at the processes that execute runs.",
            workers -> workers.verb("list", () -> new WorkersList(session)))
        .group(
            "streams",
            "Follow what runs write while they go on.",
            streams ->
                streams
                    .verb("list", () -> new StreamsList(session))
                    .verb("tail", () -> new StreamsTail(session)))
        .group(
            "queue",
            "Depth of a queue, and what became of messages nobody could handle.",
            queue ->
                queue
                    .verb("list", () -> new QueueList(session))
                    .verb("stats", () -> new QueueStats(session))
                    .verb("dead", () -> new QueueDead(session))
                    .verb("revive", () -> new QueueRevive(session))
                    .verb("drop", () -> new QueueDrop(session)))
        .verb("audit", () -> new AuditList(session))
        .verb("config", () -> new ConfigCommand(session))
        .verb("completion", () -> new CompletionCommand(session))
        .verb("man", () -> new ManCommand(session, Version::number, examples.all()))
        .verb("version", () -> new VersionCommand(session, Version::number))
        .verb("help", () -> new HelpListing(session, examples.all()));
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
