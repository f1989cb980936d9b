package dev.fantasticfour.world.cli.demo;

import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Json;
import dev.fantasticfour.world.postgres.PostgresMigrations;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code world demo}. */
@Command(
    name = "demo",
    description = {
      "Run real workflows on a real PostgreSQL and Redis, and kill a worker in the middle.",
      "",
      "Starts both servers, or uses those of the variables in a schema of its own; starts workers"
          + " as processes of their own and many orders; kills the worker that owns most of them"
          + " with SIGKILL; waits until the others have finished all; asks the database what"
          + " happened.",
      "Exit code 1 when a run failed or a step result counts twice."
    })
public final class DemoCommand implements Callable<Integer> {

  private final Session session;
  @Spec private @Nullable CommandSpec spec;
  @Mixin private Output output = new Output();

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "200",
      description = "how many orders, 1 to 1000 (default: ${DEFAULT-VALUE})")
  private int runs;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "3",
      description = "how many worker processes, 1 to 16 (default: ${DEFAULT-VALUE})")
  private int workers;

  @Option(
      names = "--data-dir",
      paramLabel = "DIRECTORY",
      description = "keep data and logs there (default: a temporary directory)")
  private @Nullable Path dataDirectory;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "180",
      description = "give up after that long (default: ${DEFAULT-VALUE})")
  private long patience;

  public DemoCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    require("--runs", runs, 1, 1000);
    require("--workers", workers, 1, 16);
    DemoPlan plan = new DemoPlan(runs, workers, Duration.ofSeconds(patience));
    DemoResult result;
    try (DemoDirectory directory = DemoDirectory.open(dataDirectory);
        Screen screen = new Screen(session, output.json())) {
      result = run(plan, directory, screen);
      directory.discard();
    }
    if (output.json()) {
      session.out().println(Json.line(result.json()));
    }
    return result.exitCode();
  }

  private DemoResult run(DemoPlan plan, DemoDirectory directory, Screen screen) throws Exception {
    screen.event("logs go to " + directory.path());
    try (DemoServers servers = DemoServers.open(session, directory.kept())) {
      screen.event(servers.text());
      PostgresMigrations.migrate(servers.config());
      screen.event("migrated schema " + servers.config().schema());
      WorkerProcesses processes = new WorkerProcesses(servers.variables(), directory.path());
      // For Ctrl-C: the servers end with this JVM by themselves, workers and logs are ours.
      Thread atEnd =
          new Thread(
              () -> {
                processes.killAll();
                directory.discardNow();
              },
              "demo-end");
      Runtime.getRuntime().addShutdownHook(atEnd);
      try (Audit audit = Audit.open(servers.config());
          processes) {
        DemoResult result = new Demo(plan, servers, audit, processes, screen).run();
        ask(audit, screen);
        screen.line("");
        screen.line(result.text());
        tellWhatIsKept(servers, directory, screen);
        return result;
      } finally {
        Runtime.getRuntime().removeShutdownHook(atEnd);
      }
    }
  }

  private static void ask(Audit audit, Screen screen) throws SQLException {
    for (DemoQueries.Query query : DemoQueries.ALL) {
      screen.line("");
      screen.line(query.question());
      screen.line(query.sql().indent(2).stripTrailing());
      screen.line("");
      screen.line(audit.table(query.sql()).toString().indent(2).stripTrailing());
    }
  }

  private static void tellWhatIsKept(DemoServers servers, DemoDirectory directory, Screen screen) {
    String schema = servers.config().schema();
    if (servers.shared()) {
      screen.line(
          "All of it is still there: set search_path to %s; and, when you are done, drop schema %s cascade;"
              .formatted(schema, schema));
    } else if (directory.kept() != null) {
      screen.line("Data and logs are kept in " + directory.path());
    }
  }

  private void require(String option, int value, int least, int most) {
    if (value < least || value > most) {
      CommandLine line = spec == null ? new CommandLine(this) : spec.commandLine();
      throw new ParameterException(
          line, option + " must be " + least + " to " + most + ", is " + value);
    }
  }
}
