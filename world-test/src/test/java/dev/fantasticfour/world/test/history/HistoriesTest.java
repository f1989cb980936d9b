package dev.fantasticfour.world.test.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fantasticfour.world.api.ExportOptions;
import dev.fantasticfour.world.api.Registrations;
import dev.fantasticfour.world.api.Run;
import dev.fantasticfour.world.api.World;
import dev.fantasticfour.world.api.WorldClient;
import dev.fantasticfour.world.api.config.WorldConfig;
import dev.fantasticfour.world.api.run.Runs;
import dev.fantasticfour.world.api.workflow.StepType;
import dev.fantasticfour.world.api.workflow.Workflow;
import dev.fantasticfour.world.api.workflow.WorkflowContext;
import dev.fantasticfour.world.api.workflow.WorkflowType;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a build is told whose code, or whose files, are not right. */
@Timeout(60)
class HistoriesTest {

  private static final WorkflowType<String, String> ORDER =
      WorkflowType.of("order", String.class, String.class);
  private static final StepType<String, String> CHARGE =
      StepType.of("charge", String.class, String.class).queued();

  @TempDir private Path folder;

  private Path file = Path.of("");

  @BeforeEach
  void written() throws Exception {
    file = export("order", HistoriesTest::order, ExportOptions.DEFAULT);
  }

  private static String order(WorkflowContext ctx, String order) {
    String held = ctx.step("hold", String.class, s -> order + " held");
    return ctx.step(CHARGE, held);
  }

  private static void code(Registrations w) {
    with(HistoriesTest::order, w);
  }

  private static void with(Workflow<String, String> workflow, Registrations w) {
    w.register(ORDER, workflow).register(CHARGE, (step, held) -> held + " and charged");
  }

  /** Runs it in memory, and has its history written down. */
  private Path export(String name, Workflow<String, String> workflow, ExportOptions options)
      throws Exception {
    Path to = folder.resolve(name + ".jsonl");
    try (World world = World.create(WorldConfig.inMemory(), w -> with(workflow, w));
        Writer out = Files.newBufferedWriter(to)) {
      world.start();
      Run<String> run = world.client().start(ORDER, "7");
      assertThat(run.result(Duration.ofSeconds(20))).endsWith("charged");
      world.client().exportRun(run.id(), out, o -> options);
    }
    return to;
  }

  private static void refused(Runnable replay, String... named) {
    assertThatThrownBy(replay::run).isInstanceOf(AssertionError.class).message().contains(named);
  }

  @Test
  void aFolderIsReplayedWithAllThatIsBelowIt() throws Exception {
    Path below = Files.createDirectories(folder.resolve("more"));
    Files.copy(file, below.resolve("same.jsonl"));
    Files.writeString(folder.resolve("read.me"), "no history");

    Histories.replay(HistoriesTest::code, folder);
    refused(
        () -> Histories.replay(w -> with((ctx, order) -> order, w), folder),
        "(files: 2)",
        "order.jsonl",
        "same.jsonl");
  }

  @Test
  void bodiesOfStepsAreNotRunAndNeedNotBeThere() {
    AtomicInteger bodies = new AtomicInteger();
    Histories.replay(
        w ->
            w.register(
                ORDER,
                (ctx, order) -> {
                  String held =
                      ctx.step("hold", String.class, s -> "body " + bodies.incrementAndGet());
                  return ctx.step(CHARGE, held);
                }),
        file);
    assertThat(bodies).hasValue(0);
  }

  @Test
  void codeThatDoesSomethingElseIsNamedFromBothSidesWithTheCure() {
    refused(
        () ->
            Histories.replay(
                w -> with((ctx, order) -> ctx.step("reserve", String.class, s -> order), w), file),
        "order.jsonl, run wrun_",
        "of workflow 'order', differs at event 3",
        "recorded: step 'hold'",
        "the code: step 'reserve'",
        "HistoriesTest.java:",
        "ctx.changed(",
        "docs/versioning.md");
  }

  @Test
  void codeThatEndsEarlyIsFound() {
    refused(
        () -> Histories.replay(w -> with((ctx, order) -> "charged", w), file),
        "The code ends (run_completed",
        "of 'hold'");
  }

  @Test
  void anotherResultIsFound() {
    refused(
        () -> Histories.replay(w -> with((ctx, in) -> order(ctx, in) + "!", w), file),
        "The run ended with run_completed");
  }

  /** KIT-5: live it did not show, for nothing had been recorded that it could differ from. */
  @Test
  void chanceInAWorkflowIsFoundBehindTheBatchBeforeIt() throws Exception {
    AtomicInteger chance = new AtomicInteger();
    Workflow<String, String> code =
        (ctx, order) -> ctx.step(CHARGE, order + chance.incrementAndGet());
    Path drawn = export("drawn", code, ExportOptions.DEFAULT);

    refused(
        () -> Histories.replayEverywhere(w -> with(code, w), drawn),
        "differs at event 3",
        "step_created of 'charge'",
        "random numbers");
    Histories.replayEverywhere(HistoriesTest::code, file);
  }

  @Test
  void aWorkflowThatIsNotRegisteredIsNamedWithThoseThatAre() {
    refused(
        () ->
            Histories.replay(
                w ->
                    w.register(
                        WorkflowType.of("orders", String.class, String.class),
                        HistoriesTest::order),
                file),
        "workflow 'order'",
        "no workflow of that name is registered here, but [orders]");
  }

  @Test
  void aRedactedHistoryIsRefused() throws Exception {
    Path redacted = export("redacted", HistoriesTest::order, ExportOptions.DEFAULT.redacted());

    refused(
        () -> Histories.replay(HistoriesTest::code, redacted), "--redact", "Export the run again");
  }

  @Test
  void aFileThatWasChangedIsRefusedWithTheLine() throws Exception {
    Files.writeString(file, Files.readString(file).replace("7 held", "8 held"));

    refused(() -> Histories.replay(HistoriesTest::code, file), "order.jsonl", "SHA-256");
  }

  @Test
  void theRunsOfAStoreAreReplayedAsFilesAre() throws Exception {
    try (World world = World.create(WorldConfig.inMemory(), HistoriesTest::code)) {
      world.start();
      for (int i = 0; i < 3; i++) {
        world.client().start(ORDER, "7").result(Duration.ofSeconds(20));
      }
      WorldClient client = world.client();
      assertThat(Histories.replay(HistoriesTest::code, client, Runs.all(), 100)).isEqualTo(3);
      assertThat(Histories.replay(HistoriesTest::code, client, Runs.all(), 2)).isEqualTo(2);
      assertThat(Histories.replay(HistoriesTest::code, client, Runs.of("none"), 2)).isZero();
      refused(
          () -> Histories.replay(w -> with((ctx, order) -> order, w), client, Runs.all(), 100),
          "(runs: 3)",
          "run wrun_",
          "The code ends (run_completed");
    }
  }

  @Test
  void aTestThatReplaysNothingDoesNotPass() throws Exception {
    Path empty = Files.createDirectories(folder.resolve("empty"));

    refused(() -> Histories.replay(HistoriesTest::code, empty), "no histories", "empty");
    refused(() -> Histories.replay(HistoriesTest::code), "no histories");
    refused(
        () -> Histories.replay(HistoriesTest::code, empty.resolve("gone")), "no file or folder");
  }
}
