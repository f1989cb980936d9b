package dev.fantasticfour.world.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fantasticfour.world.api.PageRequest;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.run.RunId;
import dev.fantasticfour.world.api.run.RunRecord;
import dev.fantasticfour.world.api.run.RunStatus;
import dev.fantasticfour.world.api.run.Runs;
import dev.fantasticfour.world.api.workflow.HookType;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import dev.fantasticfour.world.embedded.Services;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** All runs of one store, written down while others begin and end, and taken in by another one. */
@Timeout(120)
class ExportedRunsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final WorkflowType<String, String> ORDER =
      WorkflowType.of("order", String.class, String.class);
  private static final HookType<String> ANSWER = HookType.of("answer", String.class);
  private static final AtomicInteger DONE = new AtomicInteger();

  @TempDir static Path files;
  private static final List<Run<String>> RUNS = new ArrayList<>();
  private static Map<String, String> from = Map.of();
  private static World source;
  private static volatile boolean isBusy = true;
  private static Path written = Path.of("");

  private static Map<String, String> store() {
    Map<String, String> variables = new HashMap<>();
    variables.put(WorldConfig.POSTGRES_URL, Services.postgres().freshDatabase());
    variables.put(WorldConfig.REDIS_URL, Services.redis().url());
    variables.put("WORKFLOW_POSTGRES_JOB_PREFIX", "archive_" + UUID.randomUUID() + "_");
    variables.put("WORKFLOW_POSTGRES_MIGRATE", "true");
    return variables;
  }

  private static World world(Map<String, String> variables) {
    World world =
        World.create(
            WorldConfig.from(variables),
            w ->
                w.register(
                    ORDER,
                    (ctx, name) -> {
                      ctx.step("pack", Integer.class, s -> DONE.incrementAndGet());
                      return name.startsWith("open")
                          ? ctx.hook(ANSWER, "answer-" + name).await()
                          : name;
                    }));
    world.start();
    return world;
  }

  @BeforeAll
  static void write() throws Exception {
    from = store();
    source = world(from);
    for (int i = 0; i < 30; i++) {
      String name = (i % 3 == 0 ? "open" : "done") + i;
      RUNS.add(source.client().start(ORDER, name, o -> o.runKey(name)));
    }
    for (int i = 0; i < RUNS.size(); i++) {
      if (i % 3 == 0) {
        RUNS.get(i).awaitHook(ANSWER, PATIENCE);
      } else {
        RUNS.get(i).result(PATIENCE);
      }
    }
    Thread busy = Thread.ofVirtual().start(ExportedRunsIT::startMore);
    written = files.resolve("runs.jsonl.gz");
    Cli.Outcome outcome =
        new Cli(from).run("export", "--workflow", "order", "--out", written.toString(), "--json");
    isBusy = false;
    busy.join();
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.json().get("runs").intValue()).isGreaterThanOrEqualTo(RUNS.size());
  }

  private static void startMore() {
    for (int i = 0; isBusy; i++) {
      Run<String> unused = source.client().start(ORDER, "later" + i);
    }
  }

  @AfterAll
  static void close() {
    source.close(Duration.ofSeconds(2));
  }

  @Test
  void whatWasWrittenIsTakenInOnceAndNothingOfItIsDoneAgain() throws Exception {
    Map<String, String> to = store();
    try (World target = world(to)) {
      int before = DONE.get();
      Cli cli = new Cli(to);
      Cli.Outcome first = cli.run("import", written.toString(), "--json");
      assertThat(first.code()).as(first.err()).isZero();
      int runs = first.json().get("runs").intValue();
      assertThat(cli.run("import", written.toString()).err()).contains("is there already");
      assertThat(cli.run("import", written.toString(), "--skip-existing").out())
          .contains("0 runs", runs + " were there already");

      for (Run<String> run : RUNS) {
        RunId id = new RunId(run.id());
        RunRecord theirs = record(source, run.id());
        RunRecord ours = record(target, run.id());
        assertThat(ours.status()).isEqualTo(theirs.status());
        assertThat(ours.lastPosition()).isEqualTo(theirs.lastPosition());
        assertThat(ours.runKey()).isEqualTo(theirs.runKey());
        assertThat(ours.hold() == null).isEqualTo(theirs.status() == RunStatus.COMPLETED);
        assertThat(target.client().events(id.value(), PageRequest.oldestFirst()).items())
            .isEqualTo(source.client().events(id.value(), PageRequest.oldestFirst()).items());
      }
      Run<String> open = target.client().run(ORDER, RUNS.getFirst().id());
      assertThat(open.resume()).isTrue();
      target.client().resume(ANSWER, "answer-open0", "yes");
      assertThat(open.result(PATIENCE)).isEqualTo("yes");
      assertThat(DONE.get() - before).as("steps of runs that were taken in").isZero();
    }
  }

  private static RunRecord record(World world, String run) {
    return world
        .client()
        .runs(Runs.of("order"), PageRequest.oldestFirst().withLimit(1_000))
        .items()
        .stream()
        .filter(each -> each.id().value().equals(run))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatWasCutOffOrChangedIsRefusedAndNothingOfThatRunIsKept() throws Exception {
    List<String> lines;
    try (var in = new GZIPInputStream(Files.newInputStream(written))) {
      lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    Map<String, String> to = store();
    Cli cli = new Cli(to);
    assertThat(cli.run("migrate").code()).isZero();

    int second = 1;
    while (!lines.get(second).contains("\"format\"")) {
      second++;
    }
    Path cut = Files.write(files.resolve("cut.jsonl"), lines.subList(0, second + 2));
    Cli.Outcome outcome = cli.run("import", cut.toString());
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("in the middle of a history", "1 histories were whole");
    assertThat(cli.run("runs", "list", "--json").jsonLines()).hasSize(1);

    List<String> missing = new ArrayList<>(lines.subList(0, second));
    missing.add(lines.getLast());
    Path other = Files.write(files.resolve("other.jsonl"), missing);
    assertThat(cli.run("import", other.toString(), "--skip-existing").err())
        .contains("runs are missing");

    Path no = Files.writeString(files.resolve("no.jsonl"), "hello\n");
    assertThat(cli.run("import", no.toString()).err()).contains("line 1 is none of a history");
    assertThat(cli.run("import", files.resolve("gone").toString()).err())
        .contains("there is no such file");
    assertThat(new Cli(from).run("export", "--out", written.toString()).err())
        .contains("there is such a file already");
  }
}
