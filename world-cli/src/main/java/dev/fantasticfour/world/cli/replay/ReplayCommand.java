package dev.fantasticfour.world.cli.replay;

import dev.fantasticfour.world.api.Page;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.error.ErrorCode;
import dev.fantasticfour.world.api.error.WorldException;
import dev.fantasticfour.world.api.run.RunFilter;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.Runs;
import dev.fantasticfour.world.cli.assembly.Assembly;
import dev.fantasticfour.world.cli.runs.RunSearch;
import dev.fantasticfour.world.cli.session.ExitCode;
import dev.fantasticfour.world.cli.session.Output;
import dev.fantasticfour.world.cli.session.Printed;
import dev.fantasticfour.world.cli.session.Session;
import dev.fantasticfour.world.cli.view.Table;
import dev.fantasticfour.world.core.engine.codec.JacksonPayloadCodec;
import dev.fantasticfour.world.core.engine.export.HistoryHeader;
import dev.fantasticfour.world.core.engine.export.RunHistory;
import dev.fantasticfour.world.core.engine.export.StoredHistories;
import dev.fantasticfour.world.core.engine.replay.Rehearsal;
import dev.fantasticfour.world.core.engine.replay.Replay;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code world replay}. */
@Command(
    name = "replay",
    description = {
      "Say which runs would go on with the workflows of a class path: each is told its history,",
      "and has to ask for what is recorded. Nothing is executed but the code of workflows, and",
      "nothing is written. Without --status it is asked of those that have not ended.",
      "Exit code 1 unless all of them replay."
    })
public final class ReplayCommand implements Callable<Integer> {

  private final Session session;
  @Mixin private Output output = new Output();
  @Mixin private RunSearch search = new RunSearch();

  @Option(
      names = "--classpath",
      required = true,
      paramLabel = "PATH",
      description = "the application: jars and folders as for java, such as app.jar:lib/*")
  private String classPath = "";

  @Option(
      names = "--registrations",
      paramLabel = "CLASS",
      description = {
        "what registers the workflows, an implementation of dev.fantasticfour.world.api.Registrar",
        "(default: those that META-INF/services on the class path names)"
      })
  private @Nullable String registrations;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = {
        "what 'runs export' wrote, or a folder of such .jsonl files, instead of runs of a store;",
        "may be repeated"
      })
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "at most that many runs, newest first (default: ${DEFAULT-VALUE})")
  private int limit = 1000;

  @Option(
      names = "--cursor",
      paramLabel = "CURSOR",
      description = "go on after the runs that ended with this cursor")
  private @Nullable String cursor;

  public ReplayCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    RunFilter asked = search.filter(Instant.now());
    if (!files.isEmpty() && (!asked.equals(Runs.all()) || search.isByFamily())) {
      throw new WorldException(
          ErrorCode.INVALID_ARGUMENT, "--file names histories: leave out what chooses runs");
    }
    PrintStream standard = System.out;
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (Application application = Application.load(ClassPath.of(classPath), registrations)) {
      // Whatever the application prints is no answer; what it looks up by its thread is its own.
      System.setOut(System.err);
      thread.setContextClassLoader(application.loader());
      return told(replayed(application, asked));
    } finally {
      thread.setContextClassLoader(before);
      System.setOut(standard);
    }
  }

  private Page<Replayed> replayed(Application application, RunFilter asked) {
    Rehearsal rehearsal =
        new Rehearsal(
            application.registry()::workflow,
            new JacksonPayloadCodec(),
            Replay::verdict,
            Thread.ofVirtual().name("replayed-", 0).factory());
    return files.isEmpty() ? ofStore(rehearsal, asked) : ofFiles(rehearsal);
  }

  private Page<Replayed> ofFiles(Rehearsal rehearsal) {
    List<Replayed> all = new ArrayList<>();
    for (Path file : HistoryFiles.in(files)) {
      HistoryFiles.read(file).forEach(history -> all.add(row(rehearsal, history, file.toString())));
    }
    return new Page<>(all, null, false);
  }

  private Page<Replayed> ofStore(Rehearsal rehearsal, RunFilter asked) {
    RunFilter open =
        asked.statuses().isEmpty()
            ? asked.status(List.of(RunStatus.PENDING, RunStatus.RUNNING))
            : asked;
    List<Replayed> all = new ArrayList<>();
    try (World world = Assembly.client(session)) {
      StoredHistories.Read read =
          StoredHistories.read(
              world.client(),
              search.of(world.client(), open),
              limit,
              cursor,
              new StoredHistories.Listener() {
                @Override
                public void history(RunHistory history) {
                  all.add(row(rehearsal, history, null));
                }

                @Override
                public void unreadable(RunRecord run, String why) {
                  all.add(
                      new Replayed(
                          run.id().value(),
                          run.workflow(),
                          run.status().word(),
                          null,
                          new Rehearsal.Untold(why)));
                }
              });
      return new Page<>(all, read.cursor(), read.hasMore());
    }
  }

  private static Replayed row(Rehearsal rehearsal, RunHistory history, @Nullable String file) {
    HistoryHeader header = history.header();
    return new Replayed(
        header.run().value(),
        header.workflow(),
        header.status().word(),
        file,
        rehearsal.of(history));
  }

  private int told(Page<Replayed> page) {
    new Printed(session, output).page("no runs match", page, Replayed::json, () -> table(page));
    List<Replayed> wrong = page.items().stream().filter(each -> !each.answer().agrees()).toList();
    if (!output.json()) {
      wrong.forEach(each -> session.out().println(each.details()));
      if (!page.items().isEmpty()) {
        session.out().println(counts(page.items()));
      }
    }
    return wrong.isEmpty() ? ExitCode.OK : ExitCode.NO;
  }

  private static String counts(List<Replayed> all) {
    return all.stream()
        .collect(Collectors.groupingBy(Replayed::outcome, Collectors.counting()))
        .entrySet()
        .stream()
        .sorted(Map.Entry.comparingByKey())
        .map(each -> each.getValue() + " " + each.getKey())
        .collect(Collectors.joining(", "));
  }

  private static Table table(Page<Replayed> page) {
    Table table =
        new Table("run", "workflow", "status", "outcome", "event", "recorded", "the code");
    for (Replayed each : page.items()) {
      table.row(
          each.run(),
          each.workflow(),
          each.status(),
          each.outcome(),
          each.position(),
          each.recorded(),
          each.asked());
    }
    return table;
  }
}
