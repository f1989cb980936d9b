package dev.fantasticfour.world.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.RetentionPolicy;
import dev.fantasticfour.world.api.config.RetentionRule;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.workflow.Hook;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.StreamType;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.core.engine.export.HistoryWriter;
import dev.fantasticfour.world.core.engine.export.RunHistory;
import dev.fantasticfour.world.core.engine.export.RunLogs;
import dev.fantasticfour.world.core.engine.retention.RetentionRound;
import dev.fantasticfour.world.core.port.Retention.Erasing;
import dev.fantasticfour.world.core.port.Storage;
import dev.fantasticfour.world.embedded.Services;
import dev.fantasticfour.world.postgres.PostgresStorageOpener;
import dev.fantasticfour.world.postgres.archive.DirectoryArchive;
import dev.fantasticfour.world.test.history.Histories;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is left of runs that were kept for long enough, and of one that was erased. With {@code
 * -Dworld.aged.runs=10000} it is counted in earnest.
 */
class AgedRunsIT {

  private static final int RUNS = Integer.getInteger("world.aged.runs", 60);
  private static final int AT_ONCE = 50;

  private static final WorkflowType<String, String> PARENT =
      WorkflowType.of("parent", String.class, String.class);
  private static final WorkflowType<String, String> CHILD =
      WorkflowType.of("child", String.class, String.class);
  private static final HookType<String> ANSWER = HookType.of("answer", String.class);
  private static final StreamType<String> WORDS = StreamType.of("words", String.class);

  private static String parent(WorkflowContext ctx, String name) {
    ctx.changed("a-change");
    String said =
        ctx.step(
            "say",
            String.class,
            step -> {
              step.stream(WORDS).write("words of " + name);
              return name;
            });
    String called = ctx.call(CHILD, said);
    try (Hook<String> hook = ctx.hook(ANSWER, "token of " + name)) {
      return called + hook.await(Duration.ofMinutes(5)).orElse(" nobody");
    }
  }

  private static String child(WorkflowContext ctx, String name) {
    ctx.sleep(Duration.ofMillis(1));
    return ctx.step("echo", String.class, step -> name);
  }

  @Test
  void nothingIsLeftOfWhatWasKeptForLongEnoughAndNoByteOfWhatWasErased(@TempDir Path directory)
      throws Exception {
    WorldConfig config =
        WorldConfig.defaults()
            .withConnectionString(Services.postgres().freshDatabase())
            .withStreamer("memory")
            .withQueue("memory")
            .withMigrateOnStart(true);
    List<RunId> runs;
    try (World world =
        World.create(
            config,
            w -> w.register(PARENT, AgedRunsIT::parent).register(CHILD, AgedRunsIT::child))) {
      world.start();
      runs = ended(world);
    }
    AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);
    try (Storage storage = new PostgresStorageOpener(config).clockOffset(offset::get).open();
        Evidence evidence = new Evidence(config)) {
      noByteIsLeft(storage, evidence, runs.getLast(), directory);
      Duration month = Duration.ofDays(30);
      storage.retain(RetentionPolicy.ALL, new RetentionRule(month, null, null, null));
      assertThat(storage.expired(null, 10).runs()).isEmpty();
      offset.set(Duration.ofDays(31));
      Map<RunId, String> exported = new HashMap<>();
      runs.forEach(run -> exported.put(run, export(storage, run)));
      DirectoryArchive archive = new DirectoryArchive(directory.resolve("archive"));
      RetentionRound round = new RetentionRound(storage, archive);
      String after = null;
      do {
        RetentionRound.Outcome outcome = round.take(after, 200);
        assertThat(outcome.trouble()).isNull();
        after = outcome.next();
      } while (after != null);
      for (String table : tables()) {
        assertThat(evidence.number("select count(*) from " + table)).as(table).isZero();
      }
      exported.forEach((run, text) -> assertThat(unzipped(archive.file(run))).isEqualTo(text));
    }
  }

  private static List<String> tables() {
    return List.of(
        "workflow_runs",
        "workflow_custody",
        "workflow_events",
        "workflow_steps",
        "workflow_hooks",
        "workflow_waits",
        "workflow_published",
        "workflow_changes",
        "workflow_update_stages",
        "workflow_children",
        "workflow_relays",
        "workflow_streams",
        "workflow_stream_chunks",
        "workflow_kept_runs",
        "workflow_spent_keys");
  }

  private static List<RunId> ended(World world) {
    List<RunId> runs = new ArrayList<>();
    for (int from = 0; from < RUNS; from += AT_ONCE) {
      List<Run<String>> some = new ArrayList<>();
      for (int number = from; number < Math.min(RUNS, from + AT_ONCE); number++) {
        String name = "name-" + number + "-";
        some.add(world.client().start(PARENT, name, o -> o.runKey("key of " + name)));
      }
      for (int i = 0; i < some.size(); i++) {
        some.get(i).awaitHook(ANSWER, Until.PATIENCE);
        world.client().resume(ANSWER, "token of name-" + (from + i) + "-", " answered");
      }
      for (Run<String> run : some) {
        assertThat(run.result(Until.PATIENCE)).endsWith(" answered");
        runs.add(new RunId(run.id()));
      }
    }
    return runs;
  }

  private static void noByteIsLeft(Storage storage, Evidence evidence, RunId run, Path directory)
      throws Exception {
    String marker = "name-" + (RUNS - 1) + "-";
    RunId child =
        storage.children(run, PageRequest.oldestFirst()).items().stream()
            .map(record -> record.childRun())
            .findFirst()
            .orElseThrow();
    assertThat(holding(evidence, marker)).isNotEmpty();
    assertThat(storage.erase(run)).isEqualTo(Erasing.ERASED);
    assertThat(storage.erase(child)).isEqualTo(Erasing.ERASED);
    assertThat(holding(evidence, marker)).isEmpty();
    Path file = Files.writeString(directory.resolve("erased.jsonl"), export(storage, run));
    assertThatThrownBy(
            () ->
                Histories.replay(
                    w -> w.register(PARENT, AgedRunsIT::parent).register(CHILD, AgedRunsIT::child),
                    file))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("the run was erased");
  }

  /** The tables that hold a text anywhere. */
  private static List<String> holding(Evidence evidence, String marker) throws Exception {
    List<String> holding = new ArrayList<>();
    for (String table : tables()) {
      String counted = "select count(*) from " + table + " t where t::text like '%" + marker + "%'";
      if (evidence.number(counted) > 0) {
        holding.add(table);
      }
    }
    return holding;
  }

  private static String export(Storage storage, RunId run) {
    try {
      StringBuilder lines = new StringBuilder();
      HistoryWriter.write(List.of(RunHistory.of(RunLogs.read(storage, run))), lines);
      return lines.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String unzipped(Path file) {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
